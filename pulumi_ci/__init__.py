"""Tencent Cloud Infinite (CI) as code: dynamic Pulumi resources, drift detection and promotion."""
