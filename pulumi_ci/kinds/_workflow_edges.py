"""Which node of a workflow may follow which: the table of page 100."""

from __future__ import annotations

from collections.abc import Mapping

END = "End"
"""The pseudo node that closes a branch: a successor, never a node."""

_ROWS = {
    "Start": """Snapshot Animation SmartCover Transcode Concat VoiceSeparate VideoMontage StreamPackConfig SDRtoHDR
        VideoProcess SCF SuperResolution Segment PicProcess Tts SpeechRecognition VideoEnhance MediaInfo AIRecognition
        SegmentVideoBody""",
    "Snapshot": "PicProcess SCF End",
    "Animation": "SCF End",
    "SmartCover": "PicProcess SCF End",
    "Transcode": """Snapshot Animation SmartCover Concat VideoMontage SDRtoHDR VideoProcess SCF Segment
        SpeechRecognition VideoEnhance MediaInfo SegmentVideoBody End""",
    "Concat": """Transcode Snapshot Animation SmartCover SDRtoHDR VideoProcess SCF Segment VideoEnhance MediaInfo
        SegmentVideoBody End""",
    "VoiceSeparate": "SCF SpeechRecognition End",
    "VideoMontage": """Snapshot Animation SDRtoHDR VideoProcess SCF SuperResolution VideoEnhance Segment MediaInfo
        SegmentVideoBody End""",
    "StreamPackConfig": "VideoStream",
    "VideoStream": "StreamPack",
    "StreamPack": "End",
    "SDRtoHDR": """Transcode Concat VideoMontage VoiceSeparate SmartCover Animation VideoProcess SCF SuperResolution
        SegmentVideoBody End""",
    "VideoProcess": """Transcode Concat VideoMontage VoiceSeparate SmartCover Animation SDRtoHDR SCF Segment
        SuperResolution MediaInfo SegmentVideoBody End""",
    "SCF": """SDRtoHDR Snapshot Transcode Concat VideoMontage VoiceSeparate SmartCover Animation VideoProcess End""",
    "SuperResolution": """VideoMontage Transcode SmartCover Animation Snapshot SCF Segment SDRtoHDR VideoProcess
        MediaInfo SegmentVideoBody End""",
    "Segment": "VideoEnhance SegmentVideoBody End",
    "PicProcess": "SCF End",
    "Tts": "SCF Transcode End",
    "SpeechRecognition": "SCF Tts End",
    "VideoEnhance": """Transcode VideoMontage SmartCover Animation Snapshot SCF Segment SpeechRecognition
        VoiceSeparate MediaInfo End""",
    "MediaInfo": "Condition End",
    "Condition": """Transcode HighSpeedHd SuperResolution VideoProcess Animation Snapshot VideoMontage SmartCover
        Concat VideoEnhance""",
    "AIRecognition": "End",
    "SegmentVideoBody": "End",
}

SUCCESSORS: Mapping[str, tuple[str, ...]] = {node: tuple(row.split()) for node, row in _ROWS.items()}
"""The types of node that may follow each type. Source: 100."""
