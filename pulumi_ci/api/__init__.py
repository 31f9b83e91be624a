"""Signed, paced and retried calls of Tencent Cloud's APIs."""
