"""Speech recognition templates: how the speech of a sound or video becomes text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.kinds._streams import one_of
from pulumi_ci.model.marks import Range, ServerDefault
from pulumi_ci.model.node import Failure, rule

_FLASH_ENGINES = ("8k_zh", "16k_zh", "16k_en", "16k_zh_video")
_DIARIZING_ENGINES = ("8k_zh", "16k_zh", "16k_zh_video")
_ONLY_FLASH = "has an effect only with flash_asr true"
_NOT_FLASH = "has no effect with flash_asr true; remove it"


class SpeechRecognitionTemplate(Template):
    """A recipe for recognising speech: the ordinary way, or the faster flash way, which knows fewer engines."""

    slug = "speech-recognition-template"
    pages = (193, 195, 178, 194)
    api = template("SpeechRecognition", body="SpeechRecognition")

    engine_model_type: Literal[
        "8k_zh",
        "8k_zh_s",
        "8k_en",
        "16k_zh",
        "16k_zh_video",
        "16k_en",
        "16k_ca",
        "16k_ja",
        "16k_zh_edu",
        "16k_en_edu",
        "16k_zh_medical",
        "16k_th",
        "16k_zh_dialect",
    ]
    """Engine: `8k_` for telephone calls, `16k_` for all else; flash: 8k_zh, 16k_zh, 16k_en and 16k_zh_video only."""
    channel_num: Literal[1, 2] | None = None
    """Channels of the sound, required without flash; 2 only with engine 8k_zh."""
    res_text_format: Literal[0, 1, 2] | None = None
    """Required without flash: 0 text with the times of segments, 1 of words, 2 of words with punctuation."""
    filter_dirty: Annotated[Literal[0, 1, 2] | None, ServerDefault(0)] = None
    """Swearwords: 0 kept, 1 dropped, 2 replaced by `*`; Mandarin engines."""
    filter_modal: Annotated[Literal[0, 1, 2] | None, ServerDefault(0)] = None
    """Filler words: 0 kept, 1 partly dropped, 2 strictly dropped; Mandarin engines."""
    convert_num_mode: Annotated[Literal[0, 1, 3] | None, ServerDefault(0)] = None
    """Numbers: 0 as words, 1 as digits where the context asks for it, 3 also in mathematics; Mandarin engines."""
    speaker_diarization: Annotated[Literal[0, 1] | None, ServerDefault(0)] = None
    """1 tells speakers apart: engines 8k_zh, 16k_zh and 16k_zh_video with one channel."""
    speaker_number: Annotated[int | None, Range(0, 10), ServerDefault(0)] = None
    """How many speakers, 0 for up to six by analysis; needs `speaker_diarization` 1, not flash."""
    filter_punc: Annotated[Literal[0, 1, 2] | None, ServerDefault(0)] = None
    """Punctuation: 0 kept, 1 dropped at the end of sentences, 2 dropped; Mandarin engines."""
    output_file_type: Annotated[Literal["txt", "srt"] | None, ServerDefault("txt")] = None
    """Format of the result; flash knows txt only."""
    flash_asr: Annotated[bool | None, ServerDefault(False)] = None
    """Recognise the fast way."""
    format: Literal["wav", "pcm", "ogg-opus", "speex", "silk", "mp3", "m4a", "aac"] | None = None
    """Format of the sound, required for flash and only for it."""
    first_channel_only: Annotated[Literal[0, 1] | None, ServerDefault(1)] = None
    """Flash only: 1 takes the first channel, 0 all."""
    word_info: Annotated[Literal[0, 1, 2] | None, ServerDefault(0)] = None
    """Flash only: times of 0 no words, 1 words, 2 words with punctuation."""

    @rule("flash_asr", "channel_num", "res_text_format", "speaker_number")
    def _ordinary_words(
        flash: bool | None, channels: int | None, form: int | None, speakers: int | None
    ) -> list[Failure]:
        """`channel_num` and `res_text_format` are required without `flash_asr`; with it they, and `speaker_number`,
        are not allowed.
        """
        if flash:
            given = {"channel_num": channels, "res_text_format": form, "speaker_number": speakers or None}
            return [Failure((name,), _NOT_FLASH) for name, value in given.items() if value is not None]
        needed = {"channel_num": channels, "res_text_format": form}
        return [Failure((name,), "is required without flash_asr") for name, value in needed.items() if value is None]

    @rule("flash_asr", "format", "first_channel_only", "word_info")
    def _flash_words(flash: bool | None, format: str | None, first: int | None, words: int | None) -> list[Failure]:
        """`format` is required with `flash_asr`; `format`, `first_channel_only` and `word_info` are for it alone."""
        if flash:
            return [Failure(("format",), "is required with flash_asr true")] if format is None else []
        given = {"format": format, "first_channel_only": first, "word_info": words}
        return [Failure((name,), _ONLY_FLASH) for name, value in given.items() if value is not None]

    @rule("flash_asr", "engine_model_type", "convert_num_mode", "output_file_type")
    def _flash_choices(flash: bool | None, engine: str, numbers: int | None, file: str | None) -> Iterator[Failure]:
        """`flash_asr` has engines of its own, numbers in mode 0 or 1, and results as txt."""
        if flash:
            yield from one_of(("engine_model_type",), engine, "flash_asr", _FLASH_ENGINES)
            yield from one_of(("convert_num_mode",), numbers, "flash_asr", (0, 1))
            yield from one_of(("output_file_type",), file, "flash_asr", ("txt",))

    @rule("channel_num", "engine_model_type")
    def _two_channels_fit(channels: int | None, engine: str) -> str | None:
        """Two channels are for engine 8k_zh only."""
        return f"2 is not for {engine}; only for 8k_zh" if channels == 2 and engine != "8k_zh" else None

    @rule("speaker_diarization", "engine_model_type", "channel_num")
    def _diarization_fits(diarization: int | None, engine: str, channels: int | None) -> str | None:
        """`speaker_diarization` 1 needs an engine that tells speakers apart, and one channel."""
        if diarization == 1 and engine not in _DIARIZING_ENGINES:
            return f"1 is not for {engine}; only for {', '.join(_DIARIZING_ENGINES)}"
        return (
            "1 needs channel_num 1; 2 channels tell two speakers apart" if diarization == 1 and channels == 2 else None
        )

    @rule("speaker_number", "speaker_diarization")
    def _speakers_need_diarization(number: int | None, diarization: int | None) -> str | None:
        """`speaker_number` needs `speaker_diarization` 1."""
        return "needs speaker_diarization 1" if number and diarization != 1 else None
