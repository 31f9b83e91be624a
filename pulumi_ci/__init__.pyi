"""Generated from the declarations by `pulumi-ci stubs`; do not edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Union

import pulumi
from typing_extensions import NotRequired, TypedDict

from pulumi_ci import image as image
from pulumi_ci import mps as mps
from pulumi_ci import vod as vod
from pulumi_ci import workflow as workflow
from pulumi_ci.environment.load import load as load
from pulumi_ci.provider.instance import Provider as Provider

class NotifyConfigArgs(TypedDict):
    """Where and when the service reports: an HTTP address or a TDMQ topic. Source: 073, 202."""
    state: NotRequired[pulumi.Input[Literal['On', 'Off']]]
    """Whether anything is sent at all."""
    event: NotRequired[pulumi.Input[Sequence[pulumi.Input[Literal['TaskFinish', 'WorkflowFinish', 'WorkflowStart']]]]]
    """What is reported."""
    result_format: NotRequired[pulumi.Input[Literal['XML', 'JSON']]]
    """Format of the report."""
    type: NotRequired[pulumi.Input[Literal['Url', 'TDMQ']]]
    """Whether `url` or the three `mq_` fields say where to."""
    url: NotRequired[pulumi.Input[str]]
    """Public address that receives the report by POST."""
    mq_mode: NotRequired[pulumi.Input[Literal['Queue', 'Topic']]]
    """Whether the TDMQ name is a queue or a topic."""
    mq_region: NotRequired[pulumi.Input[Literal['sh', 'bj', 'gz', 'cd', 'hk']]]
    """Region of the TDMQ."""
    mq_name: NotRequired[pulumi.Input[str]]
    """Name of the TDMQ topic or queue."""

class AnimationTemplateContainerArgs(TypedDict):
    """The format of the animated picture."""
    format: pulumi.Input[Literal['gif', 'hgif', 'webp']]
    """`hgif` is a gif of higher quality."""

class AnimationTemplateVideoArgs(TypedDict):
    """Size, speed and frames of the animated picture. Of the three `animate_` fields,
      `animate_frames_per_second` wins
    over `animate_only_keep_key_frame`, and that over `animate_time_interval_of_frame`."""
    codec: pulumi.Input[Literal['gif', 'webp']]
    """How the pictures are coded."""
    width: NotRequired[pulumi.Input[int]]
    """Width; alone, the height scales with it; the video's own when both are left out."""
    height: NotRequired[pulumi.Input[int]]
    """Height; alone, the width scales with it."""
    fps: NotRequired[pulumi.Input[float]]
    """Speed at which it plays; that of the video when left out."""
    animate_only_keep_key_frame: NotRequired[pulumi.Input[bool]]
    """Take the key frames only."""
    animate_time_interval_of_frame: NotRequired[pulumi.Input[float]]
    """Time between two frames that are taken; less than the duration of `time_interval`."""
    animate_frames_per_second: NotRequired[pulumi.Input[float]]
    """How many frames of each second are taken; at most the video's frame rate."""
    quality: NotRequired[pulumi.Input[int]]
    """Quality of a webp; a gif has none."""

class TimeIntervalArgs(TypedDict):
    """The part of the source that is processed. Source: 170."""
    start: NotRequired[pulumi.Input[float]]
    """Where it starts, in seconds from the beginning."""
    duration: NotRequired[pulumi.Input[float]]
    """How long it is, in seconds; the rest of the source when left out."""

class JobInputArgs(TypedDict):
    """The objects: one of the four ways to name them."""
    manifest: NotRequired[pulumi.Input[str]]
    """Key of the `manifest.json` of a COS inventory."""
    url_file: NotRequired[pulumi.Input[str]]
    """Key of a file with the address of one object in each line."""
    prefix: NotRequired[pulumi.Input[str]]
    """Prefix of their keys."""
    object: NotRequired[pulumi.Input[str]]
    """Key of a single object."""

class UploadIntervalArgs(TypedDict):
    """Which objects count, by when they were uploaded."""
    start: NotRequired[pulumi.Input[Union[str, image.Pipeline, image.Stage]]]
    """From when on, such as `2022-02-01T12:00:00+0800`; all when left out."""
    end: NotRequired[pulumi.Input[Union[str, image.Pipeline, image.Stage]]]
    """Until when; until the start of the job when left out."""

class AnimationBodyArgs(TypedDict):
    """How a part of a video becomes an animated picture. Source: 108, 165."""
    container: pulumi.Input[AnimationTemplateContainerArgs]
    """Format of the animated picture."""
    video: NotRequired[pulumi.Input[AnimationTemplateVideoArgs]]
    """Size, speed and frames of the animated picture."""
    time_interval: NotRequired[pulumi.Input[TimeIntervalArgs]]
    """Part of the video that is taken."""

class ClipConfigArgs(TypedDict):
    """How the result is cut into segments; takes effect for `hls` and `dash`."""
    duration: NotRequired[pulumi.Input[float]]
    """Length of a segment."""

class TranscodeTemplateContainerArgs(TypedDict):
    """The container of the result."""
    format: pulumi.Input[Literal['mp4', 'hls', 'mkv', 'ts', 'flv', 'avi', 'mov', 'dash', 'WebM', 'aac', 'mp3', 'flac', 'amr', 'adts', 'm4a', 'wav']]
    """Format of the container; it decides which codecs are allowed."""
    clip_config: NotRequired[pulumi.Input[ClipConfigArgs]]
    """Segments of `hls` and `dash`."""

class TranscodeTemplateVideoArgs(TypedDict):
    """The video stream of the result."""
    codec: NotRequired[pulumi.Input[Literal['H.264', 'H.265', 'VP8', 'VP9', 'AV1']]]
    """Codec; H.264 when left out, VP8 in a WebM container."""
    width: NotRequired[pulumi.Input[int]]
    """Width; alone, the height scales with it; the source's own when both are left out."""
    height: NotRequired[pulumi.Input[int]]
    """Height; alone, the width scales with it."""
    fps: NotRequired[pulumi.Input[float]]
    """Frame rate; the source's own when left out."""
    remove: NotRequired[pulumi.Input[bool]]
    """Drop the video stream; leaving the whole block out does the same."""
    profile: NotRequired[pulumi.Input[Literal['baseline', 'main', 'high', 'auto']]]
    """Profile of H.264, `high` when left out; with `pixfmt` auto it can only be `auto`."""
    bitrate: NotRequired[pulumi.Input[Union[int, Literal['auto']]]]
    """Bit rate, or `auto` to adapt it to the source; of no account when `crf` is set."""
    crf: NotRequired[pulumi.Input[float]]
    """Constant rate factor, smaller is better; 25 when neither this nor `bitrate` is given."""
    gop: NotRequired[pulumi.Input[int]]
    """Largest distance between key frames."""
    preset: NotRequired[pulumi.Input[Literal['veryfast', 'fast', 'medium', 'slow', 'slower', 'good', 'realtime', '5', '4']]]
    """Speed against size: H.264 `veryfast` to `slower`, VP8 `good` or `realtime`, AV1 `5` or `4`, others none."""
    bufsize: NotRequired[pulumi.Input[int]]
    """Size of the rate control's buffer; not for VP8 and VP9."""
    maxrate: NotRequired[pulumi.Input[int]]
    """Highest bit rate; not for VP8 and VP9."""
    pixfmt: NotRequired[pulumi.Input[Literal['yuv420p', 'yuv422p', 'yuv444p', 'yuvj420p', 'yuvj422p', 'yuvj444p', 'yuv420p10le', 'auto']]]
    """Pixel format: H.264 all but yuv420p10le, H.265 yuv420p, yuv420p10le or auto, none for the other codecs."""
    long_short_mode: NotRequired[pulumi.Input[bool]]
    """Take `width` as the longer and `height` as the shorter side; not for VP8, VP9 and AV1."""
    rotate: NotRequired[pulumi.Input[int]]
    """How far the picture is turned, in degrees."""

class TranscodeTemplateAudioArgs(TypedDict):
    """The audio stream of the result."""
    codec: NotRequired[pulumi.Input[Literal['aac', 'mp3', 'flac', 'amr', 'Vorbis', 'opus', 'pcm_s16le']]]
    """Codec; aac when left out, Vorbis in a WebM container, pcm_s16le in wav."""
    samplerate: NotRequired[pulumi.Input[Literal[8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000]]]
    """Samples per second (Hz); 44100 when left out, 48000 with opus."""
    bitrate: NotRequired[pulumi.Input[int]]
    """Bit rate."""
    channels: NotRequired[pulumi.Input[Literal[1, 2, 4, 5, 6, 8]]]
    """Channels: aac and flac all six, mp3, opus and pcm_s16le 1 or 2, Vorbis 2, amr 1; not 8 in dash."""
    remove: NotRequired[pulumi.Input[bool]]
    """Drop the source's sound; leaving the whole block out does the same."""
    keep_two_tracks: NotRequired[pulumi.Input[bool]]
    """Keep both tracks; no effect with H.265."""
    switch_track: NotRequired[pulumi.Input[bool]]
    """Swap the tracks; no effect with H.265."""
    sample_format: NotRequired[pulumi.Input[Literal['fltp', 's16', 's32', 's16p', 's32p']]]
    """Sample format, by codec; no effect with H.265."""

class HlsEncryptArgs(TypedDict):
    """Encryption of `hls` segments."""
    is_hls_encrypt: NotRequired[pulumi.Input[bool]]
    """Whether the segments are encrypted; only for `hls`."""
    uri_key: NotRequired[pulumi.Input[str]]
    """The key; means something when `is_hls_encrypt` is true."""

class DashEncryptArgs(TypedDict):
    """Encryption of `dash` segments."""
    is_encrypt: NotRequired[pulumi.Input[bool]]
    """Whether the segments are encrypted; only for `dash`."""
    uri_key: NotRequired[pulumi.Input[str]]
    """The key; means something when `is_encrypt` is true."""

class TranscodeConfigArgs(TypedDict):
    """What happens when source and template do not fit each other, and encryption."""
    adj_dar_method: NotRequired[pulumi.Input[Literal['scale', 'crop', 'pad', 'none']]]
    """What is done when source and result have different aspect ratios: scale, crop, pad with bars, or nothing."""
    is_check_reso: NotRequired[pulumi.Input[bool]]
    """Whether a target larger than the source is handled by `reso_adj_method`."""
    reso_adj_method: NotRequired[pulumi.Input[int]]
    """Target larger than the source: 0 takes the source's size, 1 fails."""
    is_check_video_bitrate: NotRequired[pulumi.Input[bool]]
    """Whether a video bit rate above the source's is handled by `video_bitrate_adj_method`."""
    video_bitrate_adj_method: NotRequired[pulumi.Input[int]]
    """Video bit rate above the source's: 0 takes the source's, 1 fails."""
    is_check_audio_bitrate: NotRequired[pulumi.Input[bool]]
    """Whether an audio bit rate above the source's is handled by `audio_bitrate_adj_method`."""
    audio_bitrate_adj_method: NotRequired[pulumi.Input[int]]
    """Audio bit rate above the source's: 0 takes the source's, 1 fails."""
    is_check_video_fps: NotRequired[pulumi.Input[bool]]
    """Whether a frame rate above the source's is handled by `video_fps_adj_method`."""
    video_fps_adj_method: NotRequired[pulumi.Input[int]]
    """Frame rate above the source's: 0 takes the source's, 1 fails."""
    delete_metadata: NotRequired[pulumi.Input[bool]]
    """Drop the source's metadata."""
    is_hdr2sdr: NotRequired[pulumi.Input[bool]]
    """Turn HDR into SDR."""
    transcode_index: NotRequired[pulumi.Input[int]]
    """Number of the source stream to take, as in the media information of the source."""
    hls_encrypt: NotRequired[pulumi.Input[HlsEncryptArgs]]
    """Encryption of `hls` segments."""
    dash_encrypt: NotRequired[pulumi.Input[DashEncryptArgs]]
    """Encryption of `dash` segments."""

class EffectConfigArgs(TypedDict):
    """Fading of a sound that is mixed in. Source: 202."""
    enable_start_fadein: NotRequired[pulumi.Input[bool]]
    """Fade in at the start."""
    start_fadein_time: NotRequired[pulumi.Input[float]]
    """Length of the fade at the start, above 0 where it is on."""
    enable_end_fadeout: NotRequired[pulumi.Input[bool]]
    """Fade out at the end."""
    end_fadeout_time: NotRequired[pulumi.Input[float]]
    """Length of the fade at the end, above 0 where it is on."""
    enable_bgm_fade: NotRequired[pulumi.Input[bool]]
    """Fade where the background sound changes."""
    bgm_fade_time: NotRequired[pulumi.Input[float]]
    """Length of that fade, above 0 where it is on."""

class AudioMixArgs(TypedDict):
    """A sound mixed into the result. Source: 202."""
    audio_source: pulumi.Input[Union[str, image.Pipeline, image.Stage]]
    """Address of the sound, in the same bucket as the source."""
    mix_mode: NotRequired[pulumi.Input[Literal['Repeat', 'Once']]]
    """Play it in a loop, or once."""
    replace: NotRequired[pulumi.Input[bool]]
    """Replace the source's own sound instead of mixing with it."""
    effect_config: NotRequired[pulumi.Input[EffectConfigArgs]]
    """Fading in and out."""

class TranscodeJobArgs(TypedDict):
    """How a video or sound is rewritten, as in a transcoding template. Source: 121."""
    container: pulumi.Input[TranscodeTemplateContainerArgs]
    """Container of the result."""
    video: NotRequired[pulumi.Input[TranscodeTemplateVideoArgs]]
    """Video stream; left out, the result has none."""
    audio: NotRequired[pulumi.Input[TranscodeTemplateAudioArgs]]
    """Audio stream; left out, the result has none."""
    trans_config: NotRequired[pulumi.Input[TranscodeConfigArgs]]
    """Handling of sources that do not fit, and encryption."""
    time_interval: NotRequired[pulumi.Input[TimeIntervalArgs]]
    """Part of the source that is transcoded."""
    audio_mix: NotRequired[pulumi.Input[Sequence[pulumi.Input[AudioMixArgs]]]]
    """Sounds mixed into the result; without effect where `audio.remove` is true."""

class SmartCoverJobArgs(TypedDict):
    """How covers are picked. Source: 117."""
    format: pulumi.Input[Literal['jpg', 'png', 'webp']]
    """Format of the pictures."""
    width: pulumi.Input[int]
    """Width."""
    height: pulumi.Input[int]
    """Height."""
    count: NotRequired[pulumi.Input[int]]
    """How many covers."""
    delete_duplicates: NotRequired[pulumi.Input[bool]]
    """Whether covers that look alike are dropped."""

class DigitalWatermarkArgs(TypedDict):
    """A watermark that cannot be seen. Source: 202."""
    message: pulumi.Input[str]
    """What it says: Chinese characters, letters, digits, `_`, `-`, `*`."""
    type: NotRequired[pulumi.Input[Literal['Text']]]
    """Kind of watermark; there is one."""
    version: NotRequired[pulumi.Input[Literal['V1']]]
    """Version of the method; there is one."""
    ignore_error: NotRequired[pulumi.Input[bool]]
    """Go on with the node when the watermark fails."""

class SlideConfigArgs(TypedDict):
    """A watermark that moves; `dx` and `dy` have no effect then. Not for HighSpeedHd and H.265."""
    slide_mode: pulumi.Input[Literal['Default', 'ScrollFromLeft']]
    """`Default`: it stands still; `ScrollFromLeft`: it comes in from the left."""
    x_slide_speed: NotRequired[pulumi.Input[int]]
    """Speed from left to right."""
    y_slide_speed: NotRequired[pulumi.Input[int]]
    """Speed from top to bottom."""

class ImageArgs(TypedDict):
    """A picture as watermark."""
    url: pulumi.Input[Union[str, image.Pipeline, image.Stage]]
    """Address of the picture, in the same bucket as the video."""
    mode: pulumi.Input[Literal['Original', 'Proportion', 'Fixed']]
    """Its own size, a share of the video's size, or a fixed size."""
    width: NotRequired[pulumi.Input[float]]
    """Proportion: percent of the video's width, 1 to 100, as background 100 to 300. Fixed: 8 to 4096 px."""
    height: NotRequired[pulumi.Input[float]]
    """The same by the video's height; alone, the other side follows."""
    transparency: pulumi.Input[int]
    """Transparency in percent."""
    background: NotRequired[pulumi.Input[bool]]
    """Put the picture behind the video instead of over it."""

class TextArgs(TypedDict):
    """A text as watermark."""
    font_size: pulumi.Input[int]
    """Size of the letters."""
    font_type: pulumi.Input[Literal['simfang.ttf', 'simhei.ttf', 'simkai.ttf', 'simsun.ttc', 'STHeiti-Light.ttc', 'STHeiti-Medium.ttc', 'youyuan.TTF', 'ariblk.ttf', 'arial.ttf', 'ahronbd.ttf', 'Helvetica.dfont', 'HelveticaNeue.dfont']]
    """Font; the last five have Latin letters only."""
    font_color: pulumi.Input[str]
    """Colour as `0xRRGGBB`."""
    transparency: pulumi.Input[int]
    """Transparency in percent."""
    text: pulumi.Input[str]
    """The text: Chinese characters, letters, digits, `_`, `-`, `*`."""

class WatermarkBodyArgs(TypedDict):
    """A text or a picture painted into a video. Source: 176."""
    type: pulumi.Input[Literal['Text', 'Image']]
    """Which of the blocks `text` and `image` is painted."""
    pos: pulumi.Input[Literal['TopRight', 'TopLeft', 'BottomRight', 'BottomLeft', 'Left', 'Right', 'Top', 'Bottom', 'Center']]
    """Where it stands in the picture; without effect when it scrolls."""
    loc_mode: pulumi.Input[Literal['Relativity', 'Absolute']]
    """Whether `dx` and `dy` are percent of the video's sides or pixels."""
    dx: pulumi.Input[float]
    """Horizontal distance: 0 to 100 % or 0 to 4096 px, a background picture -300 to 0 % or -4096 to 0 px."""
    dy: pulumi.Input[float]
    """Vertical distance, as `dx`."""
    start_time: NotRequired[pulumi.Input[float]]
    """When it appears, in seconds from the beginning, to the millisecond."""
    end_time: NotRequired[pulumi.Input[float]]
    """When it disappears; the end of the video when left out."""
    slide_config: NotRequired[pulumi.Input[SlideConfigArgs]]
    """Movement."""
    image: NotRequired[pulumi.Input[ImageArgs]]
    """The picture, for type Image."""
    text: NotRequired[pulumi.Input[TextArgs]]
    """The text, for type Text."""

class BlurredAreaArgs(TypedDict):
    """A rectangle of the picture that is blurred away; not for H.265. Source: 121."""
    dx: pulumi.Input[int]
    """Distance from the left edge."""
    dy: pulumi.Input[int]
    """Distance from the upper edge."""
    width: pulumi.Input[int]
    """Width."""
    height: pulumi.Input[int]
    """Height."""

class SpriteSnapshotConfigArgs(TypedDict):
    """How the screenshots are laid out on one sheet."""
    cell_width: NotRequired[pulumi.Input[int]]
    """Width of a cell; the screenshot's own when left out."""
    cell_height: NotRequired[pulumi.Input[int]]
    """Height of a cell; the screenshot's own when left out."""
    padding: NotRequired[pulumi.Input[int]]
    """Space inside a cell."""
    margin: NotRequired[pulumi.Input[int]]
    """Space around a cell."""
    color: pulumi.Input[str]
    """Background in FFmpeg's colour syntax, such as `White`."""
    columns: pulumi.Input[int]
    """Screenshots in a row."""
    lines: pulumi.Input[int]
    """Rows on a sheet."""

class SnapshotBodyArgs(TypedDict):
    """Which screenshots are taken, and how. Source: 118, 168."""
    mode: NotRequired[pulumi.Input[Literal['Interval', 'Average', 'KeyFrame']]]
    """Every `time_interval` seconds, spread evenly, or at key frames."""
    start: NotRequired[pulumi.Input[float]]
    """Where to start, in seconds from the beginning, to the millisecond."""
    time_interval: NotRequired[pulumi.Input[float]]
    """Time between two screenshots in mode Interval; every frame when left out."""
    count: pulumi.Input[int]
    """How many screenshots."""
    width: NotRequired[pulumi.Input[int]]
    """Width of a screenshot; alone, the height scales with it."""
    height: NotRequired[pulumi.Input[int]]
    """Height of a screenshot; alone, the width scales with it."""
    ci_param: NotRequired[pulumi.Input[Union[str, image.Pipeline, image.Stage]]]
    """Image processing of each screenshot, such as `imageMogr2/format/png`."""
    is_check_count: NotRequired[pulumi.Input[bool]]
    """In mode Interval with a video too short for `count`: spread them evenly instead."""
    is_check_black: NotRequired[pulumi.Input[bool]]
    """Skip black frames at the start."""
    black_level: NotRequired[pulumi.Input[int]]
    """Share of black pixels that makes a frame black; needs `is_check_black` and `start` 0."""
    pixel_black_threshold: NotRequired[pulumi.Input[int]]
    """Brightness up to which a pixel counts as black; needs `is_check_black`."""
    snapshot_out_mode: NotRequired[pulumi.Input[Literal['OnlySnapshot', 'OnlySprite', 'SnapshotAndSprite']]]
    """Screenshots, a sprite sheet, or both."""
    sprite_snapshot_config: NotRequired[pulumi.Input[SpriteSnapshotConfigArgs]]
    """Layout of the sprite sheet."""

class SpeechRecognitionJobArgs(TypedDict):
    """How speech becomes text. Source: 050, 158."""
    engine_model_type: pulumi.Input[Literal['8k_zh', '8k_zh_s', '16k_zh', '16k_zh_video', '16k_en', '16k_ca']]
    """Engine: `8k_` for telephone calls, `16k_` for all else."""
    channel_num: pulumi.Input[Literal[1, 2]]
    """Channels of the sound; 2 only with engine 8k_zh."""
    res_text_format: pulumi.Input[Literal[0, 1]]
    """0 text alone; 1 with the times of words, only with engines 16k_zh and 16k_zh_video."""
    filter_dirty: NotRequired[pulumi.Input[Literal[0, 1, 2]]]
    """Swearwords: 0 kept, 1 dropped, 2 replaced by `*`; Mandarin engines."""
    filter_modal: NotRequired[pulumi.Input[Literal[0, 1, 2]]]
    """Filler words: 0 kept, 1 partly dropped, 2 strictly dropped; Mandarin engines."""
    convert_num_mode: NotRequired[pulumi.Input[Literal[0, 1]]]
    """Numbers: 0 as words, 1 as digits where the context asks for it; Mandarin engines."""

class JoinedFragmentArgs(TypedDict):
    """A clip that is joined to the video. Source: 109."""
    url: pulumi.Input[Union[str, image.Pipeline, image.Stage]]
    """Address of the clip, in the same bucket as the video."""
    fragment_index: NotRequired[pulumi.Input[int]]
    """Its place among the clips."""
    start_time: NotRequired[pulumi.Input[float]]
    """Where it starts within the clip; at its beginning when left out."""
    end_time: NotRequired[pulumi.Input[float]]
    """Where it ends within the clip; at its end when left out."""

class ConcatTemplateAudioArgs(TypedDict):
    """The audio stream of the result; as in the source when left out."""
    codec: pulumi.Input[Literal['aac', 'mp3']]
    """Codec."""
    samplerate: NotRequired[pulumi.Input[Literal[11025, 22050, 32000, 44100, 48000, 96000]]]
    """Samples per second (Hz), all but 96000 in an mp3 container; the source's own when left out."""
    bitrate: NotRequired[pulumi.Input[int]]
    """Bit rate; the source's own when left out."""
    channels: NotRequired[pulumi.Input[Literal[1, 2, 4, 5, 6, 8]]]
    """Channels, 1 or 2 with mp3; the source's own when left out."""
    remove: NotRequired[pulumi.Input[bool]]
    """Drop the sound."""

class ConcatTemplateVideoArgs(TypedDict):
    """The video stream of the result; as in the source when left out."""
    codec: pulumi.Input[Literal['H.264']]
    """Codec; there is one."""
    width: NotRequired[pulumi.Input[int]]
    """Width; alone, the height scales with it; the source's own when both are left out."""
    height: NotRequired[pulumi.Input[int]]
    """Height; alone, the width scales with it."""
    fps: NotRequired[pulumi.Input[float]]
    """Frame rate; the source's own when left out."""
    bitrate: NotRequired[pulumi.Input[int]]
    """Bit rate; of no account when `crf` is set."""
    crf: NotRequired[pulumi.Input[float]]
    """Constant rate factor, smaller is better; 25 when neither this nor `bitrate` is given."""
    remove: NotRequired[pulumi.Input[bool]]
    """Drop the picture."""
    rotate: NotRequired[pulumi.Input[int]]
    """How far the picture is turned, in degrees."""

class ConcatTemplateContainerArgs(TypedDict):
    """The container of the result."""
    format: pulumi.Input[Literal['mp4', 'flv', 'hls', 'ts', 'mp3', 'aac']]
    """Format of the container."""

class ConcatJobArgs(TypedDict):
    """Which clips are joined to the video, and how. Source: 109."""
    concat_fragment: NotRequired[pulumi.Input[Sequence[pulumi.Input[JoinedFragmentArgs]]]]
    """The clips."""
    audio: NotRequired[pulumi.Input[ConcatTemplateAudioArgs]]
    """Audio stream; as in the source when left out."""
    video: NotRequired[pulumi.Input[ConcatTemplateVideoArgs]]
    """Video stream; as in the source when left out."""
    container: pulumi.Input[ConcatTemplateContainerArgs]
    """Container of the result."""
    audio_mix: NotRequired[pulumi.Input[Sequence[pulumi.Input[AudioMixArgs]]]]
    """Sounds mixed into the result."""
    index: NotRequired[pulumi.Input[int]]
    """Place of the video itself among the clips."""
    direct_concat: NotRequired[pulumi.Input[bool]]
    """Join without transcoding; what `audio` and `video` say has no effect then."""

class AudioConfigArgs(TypedDict):
    """How the separated sounds are coded."""
    codec: NotRequired[pulumi.Input[Literal['aac', 'mp3', 'flac', 'amr']]]
    """Codec."""
    samplerate: NotRequired[pulumi.Input[Literal[8000, 11025, 22050, 32000, 44100, 48000, 96000]]]
    """Samples per second (Hz), 44100 when left out; amr needs 8000, and nothing else has it; mp3 lacks 96000."""
    bitrate: NotRequired[pulumi.Input[int]]
    """Bit rate."""
    channels: NotRequired[pulumi.Input[Literal[1, 2, 4, 5, 6, 8]]]
    """Channels: aac and flac all six, mp3 1 or 2, amr 1."""

class VoiceSeparateJobArgs(TypedDict):
    """Which parts of the sound come out, and how. Source: 126, 175."""
    audio_mode: NotRequired[pulumi.Input[Literal['IsAudio', 'IsBackground', 'AudioAndBackground']]]
    """What comes out: the voice, the background, or both."""
    audio_config: NotRequired[pulumi.Input[AudioConfigArgs]]
    """Coding of what comes out."""

class VideoMontageJobArgs(TypedDict):
    """How the highlights are rewritten, in the words of a transcoding template. Source: 123."""
    container: pulumi.Input[TranscodeTemplateContainerArgs]
    """Container of the result."""
    video: NotRequired[pulumi.Input[TranscodeTemplateVideoArgs]]
    """Video stream; left out, the result has none."""
    audio: NotRequired[pulumi.Input[TranscodeTemplateAudioArgs]]
    """Audio stream; left out, the result has none."""
    trans_config: NotRequired[pulumi.Input[TranscodeConfigArgs]]
    """Handling of sources that do not fit, and encryption."""
    time_interval: NotRequired[pulumi.Input[TimeIntervalArgs]]
    """Part of the source that is transcoded."""
    audio_mix: NotRequired[pulumi.Input[Sequence[pulumi.Input[AudioMixArgs]]]]
    """Sounds mixed into the result; without effect where `audio.remove` is true."""
    duration: NotRequired[pulumi.Input[float]]
    """Length of the result; chosen by the service when left out."""

class SDRtoHDRJobArgs(TypedDict):
    """Which HDR the video is turned into. Source: 115."""
    hdr_mode: pulumi.Input[Literal['HLG', 'HDR10']]
    """The HDR."""

class ColorEnhanceArgs(TypedDict):
    """Enhancement of the colours."""
    enable: NotRequired[pulumi.Input[bool]]
    """Whether it is done."""
    contrast: NotRequired[pulumi.Input[float]]
    """Contrast; found by analysis when left out."""
    correction: NotRequired[pulumi.Input[float]]
    """Correction of the colours; found by analysis when left out."""
    saturation: NotRequired[pulumi.Input[float]]
    """Saturation; found by analysis when left out."""

class MsSharpenArgs(TypedDict):
    """Enhancement of the details."""
    enable: NotRequired[pulumi.Input[bool]]
    """Whether it is done."""
    sharpen_level: NotRequired[pulumi.Input[float]]
    """Strength; found by analysis when left out."""

class VideoProcessBodyArgs(TypedDict):
    """What is enhanced. Source: 124, 174."""
    color_enhance: NotRequired[pulumi.Input[ColorEnhanceArgs]]
    """Enhancement of the colours."""
    ms_sharpen: NotRequired[pulumi.Input[MsSharpenArgs]]
    """Enhancement of the details."""

class SuperResolutionBodyArgs(TypedDict):
    """How the resolution is raised. Source: 120, 169."""
    resolution: pulumi.Input[Literal['sdtohd', 'hdto4k']]
    """From standard definition to HD, or from HD to 4K."""
    enable_scale_up: NotRequired[pulumi.Input[bool]]
    """Whether the picture is scaled automatically."""
    version: NotRequired[pulumi.Input[Literal['Base', 'Enhance']]]
    """Version of the method."""

class SegmentJobArgs(TypedDict):
    """Which container the video gets, and the pieces it is cut into. Source: 116."""
    format: pulumi.Input[Literal['aac', 'mp3', 'flac', 'mp4', 'ts', 'mkv', 'avi', 'hls', 'm3u8']]
    """Container of the result."""
    duration: NotRequired[pulumi.Input[int]]
    """Length of a piece; not cut when left out."""
    transcode_index: NotRequired[pulumi.Input[int]]
    """Number of the source stream to take, as in the media information of the source."""
    hls_encrypt: NotRequired[pulumi.Input[HlsEncryptArgs]]
    """Encryption of the pieces; for `hls`."""

class ExtractDigitalWatermarkArgs(TypedDict):
    """Which watermark that cannot be seen is looked for. Source: 111."""
    type: NotRequired[pulumi.Input[Literal['Text']]]
    """Kind of watermark; there is one."""
    version: NotRequired[pulumi.Input[Literal['V1']]]
    """Version of the method; there is one."""

class VideoTagArgs(TypedDict):
    """What videos are tagged for. Source: 125."""
    scenario: NotRequired[pulumi.Input[Literal['Stream']]]
    """The scenario; there is one."""

class TtsBodyArgs(TypedDict):
    """A voice, and how it reads. Source: 122, 172."""
    mode: NotRequired[pulumi.Input[Literal['Asyc', 'Sync']]]
    """Asynchronous, which the API spells `Asyc`, or synchronous; synchronous is for short texts."""
    codec: NotRequired[pulumi.Input[Literal['wav', 'mp3', 'pcm']]]
    """Format of the sound. Asyc: only pcm, meant when left out. Sync: all three, wav meant when left out."""
    voice_type: NotRequired[pulumi.Input[Literal['ruxue', 'aixiaonan', 'aixiaoxing', 'aixiaocheng', 'aixiaoxue', 'aixiaolu', 'aixiaodong', 'aixiaoliao', 'aixiaoqian', 'aixiaoyang', 'alice']]]
    """Voice; `aixiaonan` and `aixiaoliao` need mode Asyc, `alice` reads English only."""
    volume: NotRequired[pulumi.Input[float]]
    """Loudness, 0 is the ordinary one."""
    speed: NotRequired[pulumi.Input[float]]
    """Speed in percent, 100 is the ordinary one."""

class JobParamArgs(TypedDict):
    """What is done to each object: by templates, or by the block of the task. Source: 196."""
    template_id: NotRequired[pulumi.Input[str]]
    """Template of the task; it wins over the task's own block. A Transcode task also takes a HighSpeedHd
      template."""
    transcode_template_id: NotRequired[pulumi.Input[str]]
    """How the result of VideoProcess, SuperResolution and SDRtoHDR is transcoded; it wins over `transcode`."""
    animation: NotRequired[pulumi.Input[AnimationBodyArgs]]
    """For tag Animation: how the animated picture is made."""
    transcode: NotRequired[pulumi.Input[TranscodeJobArgs]]
    """For tag Transcode, and for the results of VideoProcess, SuperResolution and SDRtoHDR: how they are
      rewritten."""
    smart_cover: NotRequired[pulumi.Input[SmartCoverJobArgs]]
    """For tag SmartCover: how covers are picked; three of the video's own size when left out."""
    digital_watermark: NotRequired[pulumi.Input[DigitalWatermarkArgs]]
    """A watermark that cannot be seen, for Transcode, VideoProcess, SuperResolution and DigitalWatermark; in the
    last of them `ignore_error` has no effect."""
    watermark: NotRequired[pulumi.Input[Sequence[pulumi.Input[WatermarkBodyArgs]]]]
    """Watermarks painted into the video; at most 3."""
    watermark_template_id: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Templates of watermarks; at most 3; they win over `watermark`."""
    remove_watermark: NotRequired[pulumi.Input[BlurredAreaArgs]]
    """For tag Transcode: a rectangle to blur away."""
    snapshot: NotRequired[pulumi.Input[SnapshotBodyArgs]]
    """For tag Snapshot: which screenshots are taken."""
    speech_recognition: NotRequired[pulumi.Input[SpeechRecognitionJobArgs]]
    """For tag SpeechRecognition: how speech becomes text."""
    concat_template: NotRequired[pulumi.Input[ConcatJobArgs]]
    """For tag Concat: the clips to join; a block in spite of its name."""
    voice_separate: NotRequired[pulumi.Input[VoiceSeparateJobArgs]]
    """For tag VoiceSeparate: which parts of the sound come out."""
    video_montage: NotRequired[pulumi.Input[VideoMontageJobArgs]]
    """For tag VideoMontage: how the highlights are cut together."""
    sdr_to_hdr: NotRequired[pulumi.Input[SDRtoHDRJobArgs]]
    """For tag SDRtoHDR: which HDR the video is turned into."""
    video_process: NotRequired[pulumi.Input[VideoProcessBodyArgs]]
    """For tag VideoProcess: what is enhanced."""
    super_resolution: NotRequired[pulumi.Input[SuperResolutionBodyArgs]]
    """For tag SuperResolution: how the resolution is raised."""
    segment: NotRequired[pulumi.Input[SegmentJobArgs]]
    """For tag Segment: the container, and the pieces the video is cut into."""
    extract_digital_watermark: NotRequired[pulumi.Input[ExtractDigitalWatermarkArgs]]
    """For tag ExtractDigitalWatermark: the watermark to look for."""
    video_tag: NotRequired[pulumi.Input[VideoTagArgs]]
    """For tag VideoTag: what videos are tagged for."""
    tts_tpl: NotRequired[pulumi.Input[TtsBodyArgs]]
    """For tag Tts: the voice, and how it reads."""

class ExtractedStreamArgs(TypedDict):
    """One stream of the media that is written by itself. Source: 119."""
    index: pulumi.Input[int]
    """Number of the stream, as in the media information of the source; of mxf files only videos."""
    object: pulumi.Input[str]
    """Key of the result."""

class JobOutputArgs(TypedDict):
    """Where results go. Source: 196."""
    region: pulumi.Input[str]
    """Region of the bucket, such as `ap-beijing`."""
    bucket: pulumi.Input[str]
    """Bucket with its APPID; it may be another one than the job's."""
    object: NotRequired[pulumi.Input[str]]
    """Key of the result, with wildcards such as `${InputName}`; without any that depends on the object, all
      objects
    write to the same key."""
    au_object: NotRequired[pulumi.Input[str]]
    """Key of the voice of a VoiceSeparate task; `object` is the rest then."""
    sprite_object: NotRequired[pulumi.Input[str]]
    """Key of the sprite sheets of a Snapshot task; jpg."""
    stream_extract: NotRequired[pulumi.Input[Sequence[pulumi.Input[ExtractedStreamArgs]]]]
    """The streams of a StreamExtract task; at most 10."""

class CallBackMqConfigArgs(TypedDict):
    """The TDMQ that reports go to. Source: 202."""
    mq_region: pulumi.Input[Literal['sh', 'bj', 'gz', 'cd', 'hk']]
    """Region of the TDMQ."""
    mq_mode: pulumi.Input[Literal['Queue', 'Topic']]
    """Whether the name is a queue or a topic."""
    mq_name: pulumi.Input[str]
    """Name of the TDMQ topic or queue."""

class ConcatFragmentArgs(TypedDict):
    """A clip that is joined to the video."""
    url: pulumi.Input[Union[str, image.Pipeline, image.Stage]]
    """Address of the clip, in the same bucket as the video."""
    mode: pulumi.Input[Literal['Start', 'End']]
    """Whether it comes before or after the video."""

class UrlNotifyConfigArgs(TypedDict):
    """Where and when a speech or document queue reports: an HTTP address. Source: 054, 087."""
    state: NotRequired[pulumi.Input[Literal['On', 'Off']]]
    """Whether anything is sent at all."""
    event: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """What is reported, such as `TransCodingFinish`; the pages list no values."""
    type: NotRequired[pulumi.Input[Literal['Url']]]
    """Where reports go; there is one kind."""
    url: NotRequired[pulumi.Input[str]]
    """Address that receives the report by POST."""

class HighSpeedHdTemplateContainerArgs(TypedDict):
    """The container of the result."""
    format: pulumi.Input[Literal['mp4', 'flv', 'hls', 'mkv']]
    """Format of the container."""
    clip_config: NotRequired[pulumi.Input[ClipConfigArgs]]
    """Segments of `hls`."""

class HighSpeedHdVideoArgs(TypedDict):
    """The video stream of the result."""
    codec: NotRequired[pulumi.Input[Literal['H.264', 'H.265']]]
    """Codec; `flv` holds H.264 only."""
    width: NotRequired[pulumi.Input[int]]
    """Width; alone, the height scales with it; the source's own when both are left out."""
    height: NotRequired[pulumi.Input[int]]
    """Height; alone, the width scales with it."""
    fps: NotRequired[pulumi.Input[float]]
    """Frame rate."""
    bitrate: NotRequired[pulumi.Input[int]]
    """Bit rate; of no account when `crf` is set."""
    crf: NotRequired[pulumi.Input[float]]
    """Constant rate factor, smaller is better; 25 when neither this nor `bitrate` is given."""
    rotate: NotRequired[pulumi.Input[int]]
    """How far the picture is turned, in degrees."""
    profile: NotRequired[pulumi.Input[Literal['baseline', 'main', 'high']]]
    """Profile of H.264; H.265 has none."""
    gop: NotRequired[pulumi.Input[int]]
    """Largest distance between key frames."""
    preset: NotRequired[pulumi.Input[Literal['veryfast', 'fast', 'medium', 'slow', 'slower']]]
    """Speed against size of H.264; H.265 has none."""
    bufsize: NotRequired[pulumi.Input[Union[int, Literal[0]]]]
    """Size of the rate control's buffer; 0 is as good as left out."""
    maxrate: NotRequired[pulumi.Input[Union[int, Literal[0]]]]
    """Highest bit rate; 0 is as good as left out."""
    pixfmt: NotRequired[pulumi.Input[Literal['yuv420p', 'yuv420p10le', 'auto']]]
    """Pixel format: H.264 yuv420p or auto, H.265 all three."""

class LossyAudioArgs(TypedDict):
    """The audio stream of the result, in aac or mp3. Source: 167, 173."""
    codec: NotRequired[pulumi.Input[Literal['aac', 'mp3']]]
    """Codec."""
    samplerate: NotRequired[pulumi.Input[Literal[11025, 22050, 32000, 44100, 48000, 96000]]]
    """Samples per second (Hz); mp3 has 22050 and 44100 in flv, all from 22050 to 48000 in mp4, never 96000."""
    bitrate: NotRequired[pulumi.Input[int]]
    """Bit rate."""
    channels: NotRequired[pulumi.Input[Literal[1, 2, 4, 5, 6, 8]]]
    """Channels; mp3 has 1 or 2."""
    remove: NotRequired[pulumi.Input[bool]]
    """Drop the sound."""

class HighSpeedHdConfigArgs(TypedDict):
    """What happens when source and template do not fit each other, and encryption."""
    adj_dar_method: NotRequired[pulumi.Input[Literal['scale', 'crop', 'pad', 'none']]]
    """What is done when source and result have different aspect ratios: scale, crop, pad with bars, or nothing."""
    is_check_reso: NotRequired[pulumi.Input[bool]]
    """Whether a target larger than the source is handled by `reso_adj_method`."""
    reso_adj_method: NotRequired[pulumi.Input[int]]
    """Target larger than the source: 0 takes the source's size, 1 fails."""
    is_check_video_bitrate: NotRequired[pulumi.Input[bool]]
    """Whether a video bit rate above the source's is handled by `video_bitrate_adj_method`."""
    video_bitrate_adj_method: NotRequired[pulumi.Input[int]]
    """Video bit rate above the source's: 0 takes the source's, 1 fails."""
    is_check_audio_bitrate: NotRequired[pulumi.Input[bool]]
    """Whether an audio bit rate above the source's is handled by `audio_bitrate_adj_method`."""
    audio_bitrate_adj_method: NotRequired[pulumi.Input[int]]
    """Audio bit rate above the source's: 0 takes the source's, 1 fails."""
    is_check_video_fps: NotRequired[pulumi.Input[bool]]
    """Whether a frame rate above the source's is handled by `video_fps_adj_method`."""
    video_fps_adj_method: NotRequired[pulumi.Input[int]]
    """Frame rate above the source's: 0 takes the source's, 1 fails."""
    delete_metadata: NotRequired[pulumi.Input[bool]]
    """Drop the source's metadata."""
    is_hdr2sdr: NotRequired[pulumi.Input[bool]]
    """Turn HDR into SDR."""
    hls_encrypt: NotRequired[pulumi.Input[HlsEncryptArgs]]
    """Encryption of `hls` segments."""

class TranscodeProTemplateContainerArgs(TypedDict):
    """The container of the result."""
    format: pulumi.Input[Literal['mxf', 'mov', 'mkv']]
    """Format: mxf for xavc with pcm_s24le, mov or mkv for apple_prores with aac or mp3."""

class TranscodeProTemplateVideoArgs(TypedDict):
    """The video stream of the result. Profile, size, scan mode, frame rate and bit rate must be one of the
      table's."""
    codec: pulumi.Input[Literal['xavc', 'apple_prores']]
    """Codec."""
    profile: pulumi.Input[Literal['XAVC-HD_intra_420_10bit_class50', 'XAVC-HD_intra_422_10bit_class100', 'XAVC-HD_intra_422_10bit_class200', 'XAVC-4K_intra_422_10bit_class100', 'XAVC-4K_intra_422_10bit_class300', 'XAVC-4K_intra_422_10bit_class480', 'XAVC-4K_intra_422_10bit', 'XAVC-HD_422_10bit', 'XAVC-4K_422_10bit', 'XAVC-4K_420_8bit', 'ProRes_422_Proxy', 'ProRes_422_LT', 'ProRes_422', 'ProRes_422_HQ', 'ProRes_4444', 'ProRes_4444_XQ', 'ProRes_4444_alpha', 'ProRes_4444_XQ_alpha']]
    """Profile of the codec."""
    width: pulumi.Input[int]
    """Width, by profile."""
    height: pulumi.Input[int]
    """Height, by profile."""
    interlaced: pulumi.Input[bool]
    """Interlaced instead of progressive scan, by profile and size."""
    fps: pulumi.Input[Literal[25, 50, '24000/1001', '30000/1001', '60000/1001']]
    """Frame rate, by profile, size and scan mode; the fractions are texts."""
    bitrate: NotRequired[pulumi.Input[int]]
    """Bit rate: ProRes any, XAVC by profile, size and frame rate; the classes of XAVC have none."""
    rotate: NotRequired[pulumi.Input[int]]
    """How far the picture is turned, in degrees."""

class TranscodeProTemplateAudioArgs(TypedDict):
    """The audio stream of the result."""
    codec: pulumi.Input[Literal['pcm_s24le', 'aac', 'mp3']]
    """Codec: pcm_s24le in mxf, aac or mp3 in mov and mkv."""
    remove: NotRequired[pulumi.Input[bool]]
    """Drop the source's sound; leaving the whole block out does the same."""

class TransConfigArgs(TypedDict):
    """What happens when source and template do not fit each other. Source: 167, 170, 171."""
    adj_dar_method: NotRequired[pulumi.Input[Literal['scale', 'crop', 'pad', 'none']]]
    """What is done when source and result have different aspect ratios: scale, crop, pad with bars, or nothing."""
    is_check_reso: NotRequired[pulumi.Input[bool]]
    """Whether a target larger than the source is handled by `reso_adj_method`."""
    reso_adj_method: NotRequired[pulumi.Input[int]]
    """Target larger than the source: 0 takes the source's size, 1 fails."""
    is_check_video_bitrate: NotRequired[pulumi.Input[bool]]
    """Whether a video bit rate above the source's is handled by `video_bitrate_adj_method`."""
    video_bitrate_adj_method: NotRequired[pulumi.Input[int]]
    """Video bit rate above the source's: 0 takes the source's, 1 fails."""
    is_check_audio_bitrate: NotRequired[pulumi.Input[bool]]
    """Whether an audio bit rate above the source's is handled by `audio_bitrate_adj_method`."""
    audio_bitrate_adj_method: NotRequired[pulumi.Input[int]]
    """Audio bit rate above the source's: 0 takes the source's, 1 fails."""
    is_check_video_fps: NotRequired[pulumi.Input[bool]]
    """Whether a frame rate above the source's is handled by `video_fps_adj_method`."""
    video_fps_adj_method: NotRequired[pulumi.Input[int]]
    """Frame rate above the source's: 0 takes the source's, 1 fails."""
    delete_metadata: NotRequired[pulumi.Input[bool]]
    """Drop the source's metadata."""
    is_hdr2sdr: NotRequired[pulumi.Input[bool]]
    """Turn HDR into SDR."""

class VideoMontageTemplateContainerArgs(TypedDict):
    """The container of the result."""
    format: pulumi.Input[Literal['mp4', 'flv', 'hls', 'ts', 'mkv']]
    """Format of the container."""

class H26xVideoArgs(TypedDict):
    """The video stream of the result, in H.264 or H.265. Source: 167, 173."""
    codec: NotRequired[pulumi.Input[Literal['H.264', 'H.265']]]
    """Codec; `flv` holds H.264 only."""
    width: NotRequired[pulumi.Input[int]]
    """Width; alone, the height scales with it; the source's own when both are left out."""
    height: NotRequired[pulumi.Input[int]]
    """Height; alone, the width scales with it."""
    fps: NotRequired[pulumi.Input[float]]
    """Frame rate."""
    bitrate: NotRequired[pulumi.Input[int]]
    """Bit rate; of no account when `crf` is set."""
    crf: NotRequired[pulumi.Input[float]]
    """Constant rate factor, smaller is better; 25 when neither this nor `bitrate` is given."""
    rotate: NotRequired[pulumi.Input[int]]
    """How far the picture is turned, in degrees."""

class WorkflowNotifyConfigArgs(TypedDict):
    """Where and when the workflow reports; without it, the settings of the queue hold. Source: 202."""
    state: NotRequired[pulumi.Input[Literal['On', 'Off']]]
    """Whether anything is sent at all."""
    event: NotRequired[pulumi.Input[Sequence[pulumi.Input[Literal['TaskFinish', 'WorkflowFinish', 'WorkflowStart']]]]]
    """What is reported. Answers of page 101 show `WorkflowStart` beside what was asked for."""
    result_format: NotRequired[pulumi.Input[Literal['XML', 'JSON']]]
    """Format of the report."""
    type: NotRequired[pulumi.Input[Literal['Url', 'TDMQ']]]
    """Whether `url` or the three `mq_` fields say where to."""
    url: NotRequired[pulumi.Input[str]]
    """Public address that receives the report by POST."""
    mq_mode: NotRequired[pulumi.Input[Literal['Queue', 'Topic']]]
    """Whether the TDMQ name is a queue or a topic."""
    mq_region: NotRequired[pulumi.Input[Literal['sh', 'bj', 'gz', 'cd', 'hk']]]
    """Region of the TDMQ."""
    mq_name: NotRequired[pulumi.Input[str]]
    """Name of the TDMQ topic or queue."""

class ExtFilterArgs(TypedDict):
    """Which uploads start the workflow, by what they are. Source: 202."""
    state: NotRequired[pulumi.Input[Literal['On', 'Off']]]
    """Off: every upload below the prefix; On: those that one of the switches lets through."""
    video: NotRequired[pulumi.Input[bool]]
    """Let videos through, by extension."""
    audio: NotRequired[pulumi.Input[bool]]
    """Let sounds through, by extension."""
    image: NotRequired[pulumi.Input[bool]]
    """Let pictures through, by extension."""
    content_type: NotRequired[pulumi.Input[bool]]
    """Go by the content type."""
    custom: NotRequired[pulumi.Input[bool]]
    """Let the extensions of `custom_exts` through."""
    custom_exts: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Extensions without a dot, such as `mp4`; at most 10."""
    all_file: NotRequired[pulumi.Input[bool]]
    """Let everything through."""

class StartArgs(TypedDict):
    """The beginning of a workflow: what starts it, and the queues that its nodes wait in.
    
    Page 202 requires a queue wherever nodes wait in it, and page 103 leaves them out and gets them back: one
      that is
    left out is the service's choice, and is kept in updates."""
    type: NotRequired[pulumi.Input[Literal['Start']]]
    """Type of the node."""
    object_prefix: pulumi.Input[str]
    """Prefix of the keys whose upload starts the workflow."""
    queue_id: NotRequired[pulumi.Input[str]]
    """Queue of the media nodes."""
    pic_process_queue_id: NotRequired[pulumi.Input[str]]
    """Queue of PicProcess nodes."""
    speech_recognition_queue_id: NotRequired[pulumi.Input[str]]
    """Queue of SpeechRecognition nodes."""
    ai_process_queue_id: NotRequired[pulumi.Input[str]]
    """Queue of AIRecognition nodes."""
    notify_config: NotRequired[pulumi.Input[WorkflowNotifyConfigArgs]]
    """Where and when the workflow reports; as the queue does when left out."""
    ext_filter: NotRequired[pulumi.Input[ExtFilterArgs]]
    """Which uploads count; all below the prefix when left out."""

class OutputArgs(TypedDict):
    """Where a node writes its results. Source: 202."""
    region: pulumi.Input[str]
    """Region of the bucket, such as `ap-beijing`."""
    bucket: pulumi.Input[str]
    """Bucket with its APPID; it may be another one than the workflow's."""
    object: pulumi.Input[str]
    """Key of the result, with wildcards: `${InputPath}`, `${InputName}`, `${RunId}`, `${Ext}`, `${Number}`, ..."""
    sprite_object: NotRequired[pulumi.Input[str]]
    """Key of the sprite sheets of a Snapshot node whose template makes them, as jpg with `${Number}`."""
    au_object: NotRequired[pulumi.Input[str]]
    """Key of the voice of a VoiceSeparate node; `object` is the rest then."""

class SnapshotArgs(TypedDict):
    """Takes screenshots of the video."""
    type: NotRequired[pulumi.Input[Literal['Snapshot']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """How they are taken."""
    output: pulumi.Input[OutputArgs]
    """Where they go; with `${Number}` when the template takes several."""

class AnimationArgs(TypedDict):
    """Turns a part of the video into an animated picture."""
    type: NotRequired[pulumi.Input[Literal['Animation']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """How it is made."""
    output: pulumi.Input[OutputArgs]
    """Where it goes."""

class SmartCoverConfigArgs(TypedDict):
    """How covers are picked, for a node without a template. Source: 202."""
    format: NotRequired[pulumi.Input[Literal['jpg', 'png', 'webp']]]
    """Format of the pictures."""
    width: NotRequired[pulumi.Input[int]]
    """Width; alone, the height scales with it; the video's own when both are left out."""
    height: NotRequired[pulumi.Input[int]]
    """Height; alone, the width scales with it."""
    count: NotRequired[pulumi.Input[int]]
    """How many covers."""
    delete_duplicates: NotRequired[pulumi.Input[bool]]
    """Whether covers that look alike are dropped."""

class SmartCoverArgs(TypedDict):
    """Picks pictures of the video that make good covers: by a template, by `smart_cover`, or three of full size."""
    type: NotRequired[pulumi.Input[Literal['SmartCover']]]
    """Type of the node."""
    template_id: NotRequired[pulumi.Input[str]]
    """How they are picked; it wins over `smart_cover`."""
    smart_cover: NotRequired[pulumi.Input[SmartCoverConfigArgs]]
    """How they are picked, without a template."""
    output: pulumi.Input[OutputArgs]
    """Where they go; with `${Number}` when there are several."""

class RemoveWatermarkArgs(TypedDict):
    """A rectangle of the picture that is blurred away. Source: 202."""
    dx: pulumi.Input[int]
    """Distance from the left edge."""
    dy: pulumi.Input[int]
    """Distance from the upper edge."""
    width: pulumi.Input[int]
    """Width."""
    height: pulumi.Input[int]
    """Height."""

class TranscodeArgs(TypedDict):
    """Rewrites the video or sound by a transcoding template."""
    type: NotRequired[pulumi.Input[Literal['Transcode']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """How it is rewritten."""
    watermark_template_id: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Watermarks painted into it; at most 3."""
    remove_watermark: NotRequired[pulumi.Input[RemoveWatermarkArgs]]
    """A rectangle to blur away."""
    digital_watermark: NotRequired[pulumi.Input[DigitalWatermarkArgs]]
    """A watermark that cannot be seen."""
    output: pulumi.Input[OutputArgs]
    """Where it goes."""
    speed_transcoding_queue_id: NotRequired[pulumi.Input[str]]
    """Queue of category SpeedTranscoding, to transcode faster."""

class ConcatArgs(TypedDict):
    """Puts other clips before and after the video."""
    type: NotRequired[pulumi.Input[Literal['Concat']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """Which clips, and how they are joined."""
    output: pulumi.Input[OutputArgs]
    """Where the whole goes."""

class VoiceSeparateArgs(TypedDict):
    """Parts the voice from the rest of the sound."""
    type: NotRequired[pulumi.Input[Literal['VoiceSeparate']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """Which of the parts are written, and how."""
    output: pulumi.Input[OutputArgs]
    """Where they go: the voice to `au_object`, needed when the template writes it, the rest to `object`."""

class VideoMontageArgs(TypedDict):
    """Cuts the best scenes of the video together."""
    type: NotRequired[pulumi.Input[Literal['VideoMontage']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """How it is cut."""
    output: pulumi.Input[OutputArgs]
    """Where it goes."""

class StreamPackConfigArgs(TypedDict):
    """Opens an adaptive package: VideoStream nodes follow, and lead to the StreamPack. One in a workflow."""
    type: NotRequired[pulumi.Input[Literal['StreamPackConfig']]]
    """Type of the node."""
    pack_type: NotRequired[pulumi.Input[Literal['HLS', 'DASH']]]
    """Format of the package."""
    ignore_failed_stream: NotRequired[pulumi.Input[bool]]
    """Whether the package is made although one of its streams failed."""
    output: pulumi.Input[OutputArgs]
    """Where the master playlist goes."""

class VideoStreamArgs(TypedDict):
    """One stream of an adaptive package, after the StreamPackConfig and before the StreamPack."""
    type: NotRequired[pulumi.Input[Literal['VideoStream']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """How the stream is transcoded."""
    watermark_template_id: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Watermarks painted into it; at most 3."""
    remove_watermark: NotRequired[pulumi.Input[RemoveWatermarkArgs]]
    """A rectangle to blur away."""
    output: pulumi.Input[OutputArgs]
    """Where the stream goes."""

class VideoStreamConfigArgs(TypedDict):
    """One stream of an adaptive package. Source: 202."""
    video_stream_name: pulumi.Input[str]
    """Name of its VideoStream node, such as `VideoStream_720p`; one that leads to this StreamPack."""
    band_width: NotRequired[pulumi.Input[int]]
    """Limit of its bandwidth; 0 is none."""

class StreamPackArgs(TypedDict):
    """Packs the streams that lead to it, and ends the branch. One in a workflow."""
    type: NotRequired[pulumi.Input[Literal['StreamPack']]]
    """Type of the node."""
    video_stream_config: pulumi.Input[Sequence[pulumi.Input[VideoStreamConfigArgs]]]
    """The streams. Page 202 lets them be left out, but they are all that the required `Operation` can hold."""

class SDRtoHDRArgs(TypedDict):
    """Turns SDR video into HDR."""
    type: NotRequired[pulumi.Input[Literal['SDRtoHDR']]]
    """Type of the node."""
    hdr_mode: pulumi.Input[Literal['HLG', 'HDR10']]
    """Which HDR."""
    transcode_template_id: pulumi.Input[str]
    """How the result is transcoded."""
    watermark_template_id: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Watermarks painted into it; at most 3."""
    output: pulumi.Input[OutputArgs]
    """Where it goes."""

class VideoProcessArgs(TypedDict):
    """Enhances the picture: colours and sharpness."""
    type: NotRequired[pulumi.Input[Literal['VideoProcess']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """How it is enhanced."""
    transcode_template_id: pulumi.Input[str]
    """How the result is transcoded."""
    watermark_template_id: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Watermarks painted into it; at most 3."""
    digital_watermark: NotRequired[pulumi.Input[DigitalWatermarkArgs]]
    """A watermark that cannot be seen."""
    output: pulumi.Input[OutputArgs]
    """Where it goes."""

class SCFArgs(TypedDict):
    """Calls a cloud function."""
    type: NotRequired[pulumi.Input[Literal['SCF']]]
    """Type of the node."""
    region: pulumi.Input[str]
    """Region of the function, such as `ap-beijing`."""
    function_name: pulumi.Input[str]
    """Name of the function."""
    namespace: NotRequired[pulumi.Input[str]]
    """Namespace of the function."""
    alias: NotRequired[pulumi.Input[str]]
    """Alias of its version."""

class SuperResolutionArgs(TypedDict):
    """Enlarges the picture."""
    type: NotRequired[pulumi.Input[Literal['SuperResolution']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """How it is enlarged."""
    transcode_template_id: pulumi.Input[str]
    """How the result is transcoded."""
    watermark_template_id: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Watermarks painted into it; at most 3."""
    digital_watermark: NotRequired[pulumi.Input[DigitalWatermarkArgs]]
    """A watermark that cannot be seen."""
    output: pulumi.Input[OutputArgs]
    """Where it goes."""

class SegmentEncryptArgs(TypedDict):
    """Encryption of the pieces of a Segment node; without effect unless the format is `hls`. Source: 202."""
    is_encrypt: NotRequired[pulumi.Input[bool]]
    """Whether the pieces are encrypted."""
    uri_key: NotRequired[pulumi.Input[str]]
    """The key; means something when `is_encrypt` is true."""

class SegmentArgs(TypedDict):
    """Changes the container, and cuts the result into pieces when `duration` is given."""
    type: NotRequired[pulumi.Input[Literal['Segment']]]
    """Type of the node."""
    format: pulumi.Input[Literal['aac', 'mp3', 'flac', 'mp4', 'ts', 'mkv', 'avi', 'hls', 'm3u8']]
    """Container of the result."""
    duration: NotRequired[pulumi.Input[int]]
    """Length of a piece."""
    hls_encrypt: NotRequired[pulumi.Input[SegmentEncryptArgs]]
    """Encryption of the pieces; without effect unless `format` is `hls`."""
    output: pulumi.Input[OutputArgs]
    """Where it goes; with `${Number}` when it is cut into files, as every format but `hls` and `m3u8` is."""

class PicProcessArgs(TypedDict):
    """Processes pictures by a template."""
    type: NotRequired[pulumi.Input[Literal['PicProcess']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """How they are processed."""
    output: pulumi.Input[OutputArgs]
    """Where they go."""

class TtsArgs(TypedDict):
    """Reads a text aloud."""
    type: NotRequired[pulumi.Input[Literal['Tts']]]
    """Type of the node."""
    template_id: pulumi.Input[str]
    """With which voice, and how."""
    output: pulumi.Input[OutputArgs]
    """Where the sound goes."""

class SpeechRecognitionArgs(TypedDict):
    """Writes down what is said. No page names a template for it; whatever else the server holds is kept."""
    type: NotRequired[pulumi.Input[Literal['SpeechRecognition']]]
    """Type of the node."""
    output: pulumi.Input[OutputArgs]
    """Where the text goes."""

class VideoEnhanceArgs(TypedDict):
    """Enhances the video, in ways that no page describes."""
    type: NotRequired[pulumi.Input[Literal['VideoEnhance']]]
    """Type of the node."""
    operation: pulumi.Input[Mapping[str, Any]]
    """Content of the element `Operation`, by element names."""

class MediaInfoArgs(TypedDict):
    """Reads what the file holds, such as its streams and their codecs."""
    type: NotRequired[pulumi.Input[Literal['MediaInfo']]]
    """Type of the node."""
    operation: NotRequired[pulumi.Input[Mapping[str, Any]]]
    """Content of the element `Operation`, by element names; no page shows one."""

class ConditionArgs(TypedDict):
    """Lets the workflow go on after a MediaInfo node when its condition holds; no page describes it."""
    type: NotRequired[pulumi.Input[Literal['Condition']]]
    """Type of the node."""
    operation: pulumi.Input[Mapping[str, Any]]
    """Content of the element `Operation`, by element names."""

class AIRecognitionArgs(TypedDict):
    """Recognises what the file shows."""
    type: NotRequired[pulumi.Input[Literal['AIRecognition']]]
    """Type of the node."""
    operation: NotRequired[pulumi.Input[Mapping[str, Any]]]
    """Content of the element `Operation`, by element names; no page shows one."""

class SegmentVideoBodyArgs(TypedDict):
    """Cuts people out of the video, in ways that no page describes."""
    type: NotRequired[pulumi.Input[Literal['SegmentVideoBody']]]
    """Type of the node."""
    operation: pulumi.Input[Mapping[str, Any]]
    """Content of the element `Operation`, by element names."""

class TaskArgs(TypedDict):
    """How one node of the workflow went. Source: 106."""
    type: NotRequired[pulumi.Input[str]]
    """Type of the node."""
    name: NotRequired[pulumi.Input[str]]
    """Name of the node."""
    job_id: NotRequired[pulumi.Input[str]]
    """Id of the task."""
    state: NotRequired[pulumi.Input[str]]
    """How far it is, such as `Success` or `Failed`."""
    create_time: NotRequired[pulumi.Input[str]]
    """When it was made."""
    start_time: NotRequired[pulumi.Input[str]]
    """When it began."""
    end_time: NotRequired[pulumi.Input[str]]
    """When it ended."""
    code: NotRequired[pulumi.Input[str]]
    """`Success`, or what went wrong."""
    message: NotRequired[pulumi.Input[str]]
    """What went wrong, in words."""

class AiQueue(pulumi.CustomResource):
    """Takes over the AI recognition queue of a bucket and keeps its settings."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    state: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    max_size: pulumi.Output[int]
    max_concurrent: pulumi.Output[int]
    name: pulumi.Output[str]
    notify_config: pulumi.Output[Any]
    @property
    def queue_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        queue_id: pulumi.Input[str] | None = None,
        state: pulumi.Input[Literal['Active', 'Paused']] | None = None,
        on_delete: pulumi.Input[Literal['leave', 'restore']] | None = None,
        notify_config: pulumi.Input[NotifyConfigArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        queue_id: Id of the queue; may be left out where the bucket has one such queue.
        state: `Paused`: waiting jobs stay where they are, running ones go on.
        on_delete: What destroying the resource does to the queue: leave its settings, or restore the ones
          found at first.
        name: Name: Chinese characters, letters, digits, `_`, `-`, `*`.
        notify_config: Where finished jobs are reported; left as it is when not given."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> AiQueue:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class AiRecognitionService(pulumi.CustomResource):
    """Switches AI content recognition on for a bucket, which also makes its queue.
    
    The pages document no call to switch it off; the official SDK has one, which is used.
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    create_time: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        on_delete: pulumi.Input[Literal['off', 'leave']] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        on_delete: What destroying the resource does: switch it off, if this resource switched it on, or leave
          it as it is."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> AiRecognitionService:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class AnimationTemplate(pulumi.CustomResource):
    """A recipe for animated pictures of a video."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    container: pulumi.Output[Any]
    video: pulumi.Output[Any]
    time_interval: pulumi.Output[Any]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        container: pulumi.Input[AnimationTemplateContainerArgs],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        video: pulumi.Input[AnimationTemplateVideoArgs] | None = None,
        time_interval: pulumi.Input[TimeIntervalArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        container: Format of the animated picture.
        video: Size, speed and frames of the animated picture.
        time_interval: Part of the video that is taken."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> AnimationTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class BatchJob(pulumi.CustomResource):
    """One task (`type` Job) or one workflow (`type` Workflow) for many objects. Destroying it cancels a job that
      runs.
    
    The service keeps the job: it can be neither changed nor deleted there."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    triggers: pulumi.Output[Any]
    name: pulumi.Output[str]
    type: pulumi.Output[str]
    input: pulumi.Output[Any]
    time_interval: pulumi.Output[Any]
    workflow_id: pulumi.Output[str]
    tag: pulumi.Output[str]
    job_param: pulumi.Output[Any]
    output: pulumi.Output[Any]
    queue_id: pulumi.Output[str]
    user_data: pulumi.Output[str]
    job_level: pulumi.Output[str]
    call_back_format: pulumi.Output[str]
    call_back_type: pulumi.Output[str]
    call_back: pulumi.Output[str]
    call_back_mq_config: pulumi.Output[Any]
    state: pulumi.Output[str]
    creation_time: pulumi.Output[str]
    start_time: pulumi.Output[str]
    end_time: pulumi.Output[str]
    code: pulumi.Output[str]
    message: pulumi.Output[str]
    @property
    def job_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        type: pulumi.Input[Literal['Job', 'Workflow']],
        input: pulumi.Input[JobInputArgs],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        triggers: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        wait: pulumi.Input[bool] | None = None,
        wait_seconds: pulumi.Input[int] | None = None,
        name: pulumi.Input[str] | None = None,
        time_interval: pulumi.Input[UploadIntervalArgs] | None = None,
        workflow_id: pulumi.Input[str] | None = None,
        tag: pulumi.Input[Literal['Animation', 'SmartCover', 'Transcode', 'Snapshot', 'SpeechRecognition', 'Concat', 'VoiceSeparate', 'VideoMontage', 'SDRtoHDR', 'VideoProcess', 'SuperResolution', 'Segment', 'VideoTag', 'PicProcess', 'DigitalWatermark', 'ExtractDigitalWatermark', 'MediaInfo', 'StreamExtract', 'Tts', 'NoiseReduction', 'QualityEstimate']] | None = None,
        job_param: pulumi.Input[JobParamArgs] | None = None,
        output: pulumi.Input[JobOutputArgs] | None = None,
        queue_id: pulumi.Input[str] | None = None,
        user_data: pulumi.Input[str] | None = None,
        job_level: pulumi.Input[Literal[0, 1, 2]] | None = None,
        call_back_format: pulumi.Input[Literal['XML', 'JSON']] | None = None,
        call_back_type: pulumi.Input[Literal['Url', 'TDMQ']] | None = None,
        call_back: pulumi.Input[str] | None = None,
        call_back_mq_config: pulumi.Input[CallBackMqConfigArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        triggers: Texts of your own, such as a version; when one of them changes, it is run again.
        wait: Whether creating it lasts until the run has ended; the program then fails when the run did, or
          the time is up.
        wait_seconds: How long `wait` waits.
        name: Name: Chinese characters, letters, digits, `_`, `-`. Several jobs may have one.
        type: `Job`: one task, said by `tag` and `job_param`; `Workflow`: a workflow, said by `workflow_id`.
        input: The objects.
        time_interval: Which of the objects count, by when they were uploaded.
        workflow_id: The workflow; for type Workflow.
        tag: The task; this and all that follows is for type Job.
        job_param: What the task does.
        output: Where results go; VideoTag, ExtractDigitalWatermark, MediaInfo and QualityEstimate have none.
        queue_id: Queue of the tasks: that of the service which the tag belongs to.
        user_data: Text of your own that comes back in reports.
        job_level: Rank in the queue, 2 goes first.
        call_back_format: Format of reports; over that of the queue, as are all `call_back` fields.
        call_back_type: Whether reports go to `call_back` or to `call_back_mq_config`.
        call_back: Address that receives reports by POST; `no` keeps the queue's own address from getting any.
        call_back_mq_config: The TDMQ, for `call_back_type` TDMQ."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> BatchJob:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class BucketBinding(pulumi.CustomResource):
    """Binds a COS bucket to CI. Unbinding keeps the bucket and its files.
    
    Declare it first: what the program declares after it in the same bucket is made after it and deleted
      before it,
    without `depends_on`."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        on_delete: pulumi.Input[Literal['off', 'leave']] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        on_delete: What destroying the resource does: switch it off, if this resource switched it on, or leave
          it as it is."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> BucketBinding:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class ConcatTemplate(pulumi.CustomResource):
    """A recipe that joins clips to a video, such as an opening and a closing."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    concat_fragment: pulumi.Output[Any]
    audio: pulumi.Output[Any]
    video: pulumi.Output[Any]
    container: pulumi.Output[Any]
    audio_mix: pulumi.Output[Any]
    direct_concat: pulumi.Output[bool]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        concat_fragment: pulumi.Input[Sequence[pulumi.Input[ConcatFragmentArgs]]],
        container: pulumi.Input[ConcatTemplateContainerArgs],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        audio: pulumi.Input[ConcatTemplateAudioArgs] | None = None,
        video: pulumi.Input[ConcatTemplateVideoArgs] | None = None,
        audio_mix: pulumi.Input[Sequence[pulumi.Input[AudioMixArgs]]] | None = None,
        direct_concat: pulumi.Input[bool] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        concat_fragment: The clips, in order; one or more.
        audio: Audio stream; as in the source when left out.
        video: Video stream; as in the source when left out.
        container: Container of the result.
        audio_mix: Sounds mixed into the result; without effect where `audio.remove` is true.
        direct_concat: Join without transcoding; what `audio` and `video` say has no effect then."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> ConcatTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class DocumentQueue(pulumi.CustomResource):
    """Takes over the document queue of a bucket and keeps its settings."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    state: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    max_size: pulumi.Output[int]
    max_concurrent: pulumi.Output[int]
    name: pulumi.Output[str]
    notify_config: pulumi.Output[Any]
    @property
    def queue_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        queue_id: pulumi.Input[str] | None = None,
        state: pulumi.Input[Literal['Active', 'Paused']] | None = None,
        on_delete: pulumi.Input[Literal['leave', 'restore']] | None = None,
        notify_config: pulumi.Input[UrlNotifyConfigArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        queue_id: Id of the queue; may be left out where the bucket has one such queue.
        state: `Paused`: waiting jobs stay where they are, running ones go on.
        on_delete: What destroying the resource does to the queue: leave its settings, or restore the ones
          found at first.
        name: Name of the queue.
        notify_config: Where finished jobs are reported; left as it is when not given."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> DocumentQueue:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class DocumentService(pulumi.CustomResource):
    """Switches document preview on for a bucket, by a call of the official SDK; nothing is known to switch it
      off.
    
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    create_time: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        on_delete: pulumi.Input[Literal['off', 'leave']] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        on_delete: What destroying the resource does: switch it off, if this resource switched it on, or leave
          it as it is."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> DocumentService:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class GuetzliCompression(pulumi.CustomResource):
    """Switches Guetzli compression of JPEG pictures on for a bucket; it works on the pic domain, not on that of
      COS."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        on_delete: pulumi.Input[Literal['off', 'leave']] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        on_delete: What destroying the resource does: switch it off, if this resource switched it on, or leave
          it as it is."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> GuetzliCompression:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class HighSpeedHdTemplate(pulumi.CustomResource):
    """A recipe for transcoding that spends fewer bits on the same quality."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    container: pulumi.Output[Any]
    video: pulumi.Output[Any]
    audio: pulumi.Output[Any]
    trans_config: pulumi.Output[Any]
    time_interval: pulumi.Output[Any]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        container: pulumi.Input[HighSpeedHdTemplateContainerArgs],
        video: pulumi.Input[HighSpeedHdVideoArgs],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        audio: pulumi.Input[LossyAudioArgs] | None = None,
        trans_config: pulumi.Input[HighSpeedHdConfigArgs] | None = None,
        time_interval: pulumi.Input[TimeIntervalArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        container: Container of the result.
        video: Video stream; give at least its codec.
        audio: Audio stream.
        trans_config: Handling of sources that do not fit, and encryption.
        time_interval: Part of the source that is transcoded."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> HighSpeedHdTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class Hotlink(pulumi.CustomResource):
    """Allows or refuses pictures by the domain of the page that embeds them."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    type: pulumi.Output[str]
    url: pulumi.Output[Any]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        type: pulumi.Input[Literal['white', 'black']],
        url: pulumi.Input[Sequence[pulumi.Input[str]]],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        on_delete: pulumi.Input[Literal['off', 'leave']] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        on_delete: What destroying the resource does: switch it off, if this resource switched it on, or leave
          it as it is.
        type: `white`: only these domains may embed; `black`: all but these. Deleting the resource switches it
          off.
        url: Domains, such as `www.example.com`."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> Hotlink:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class ImageSearchService(pulumi.CustomResource):
    """Switches image search on for a bucket. Nothing reads, changes or removes it, so drift cannot be seen.
    
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    max_capacity: pulumi.Output[int]
    max_qps: pulumi.Output[int]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        max_capacity: pulumi.Input[int],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        on_delete: pulumi.Input[Literal['off', 'leave']] | None = None,
        max_qps: pulumi.Input[int] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        on_delete: What destroying the resource does: switch it off, if this resource switched it on, or leave
          it as it is.
        max_capacity: How many pictures the gallery may hold.
        max_qps: How many searches a second are served."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> ImageSearchService:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class ImageStyle(pulumi.CustomResource):
    """A named image-processing rule of a bucket; write the body with `pulumi_ci.image` or as a string."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    style_name: pulumi.Output[str]
    style_body: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        style_body: pulumi.Input[Union[str, image.Pipeline, image.Stage]],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        style_name: pulumi.Input[str] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        style_name: Name in picture addresses, case-sensitive. Avoid the bucket's style separators (`-`, `_`,
          `/`, `!`).
        style_body: The rule, such as `imageMogr2/thumbnail/640x/quality/85`, without a leading `?`."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> ImageStyle:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class MediaQueue(pulumi.CustomResource):
    """Takes over a media queue that exists already and keeps its settings."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    state: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    max_size: pulumi.Output[int]
    max_concurrent: pulumi.Output[int]
    category: pulumi.Output[str]
    name: pulumi.Output[str]
    notify_config: pulumi.Output[Any]
    @property
    def queue_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        queue_id: pulumi.Input[str] | None = None,
        state: pulumi.Input[Literal['Active', 'Paused']] | None = None,
        on_delete: pulumi.Input[Literal['leave', 'restore']] | None = None,
        category: pulumi.Input[Literal['Transcoding', 'SpeedTranscoding']] | None = None,
        notify_config: pulumi.Input[NotifyConfigArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        queue_id: Id of the queue; may be left out where the bucket has one such queue.
        state: `Paused`: waiting jobs stay where they are, running ones go on.
        on_delete: What destroying the resource does to the queue: leave its settings, or restore the ones
          found at first.
        category: Which of the bucket's media queues: ordinary (assumed when left out) or speed transcoding.
        name: Name: Chinese characters, letters, digits, `_`, `-`, `*`.
        notify_config: Where finished jobs are reported; left as it is when not given."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> MediaQueue:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class MediaService(pulumi.CustomResource):
    """Switches media processing on for a bucket, which also makes its queues. Switching off keeps the files.
    
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    create_time: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        on_delete: pulumi.Input[Literal['off', 'leave']] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        on_delete: What destroying the resource does: switch it off, if this resource switched it on, or leave
          it as it is."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> MediaService:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class NoiseReductionTemplate(pulumi.CustomResource):
    """A recipe that removes noise from a recording."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    format: pulumi.Output[str]
    samplerate: pulumi.Output[str]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        format: pulumi.Input[Literal['mp3', 'm4a', 'wav']] | None = None,
        samplerate: pulumi.Input[Literal[8000, 12000, 16000, 24000, 32000, 44100, 48000]] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        format: Format of the result.
        samplerate: Samples per second of the result (Hz)."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> NoiseReductionTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class OriginProtection(pulumi.CustomResource):
    """Refuses access to original pictures, so that only styles can be fetched."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        on_delete: pulumi.Input[Literal['off', 'leave']] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        on_delete: What destroying the resource does: switch it off, if this resource switched it on, or leave
          it as it is."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> OriginProtection:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class PicProcessTemplate(pulumi.CustomResource):
    """A rule that a workflow applies to pictures, such as screenshots."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    is_pic_info: pulumi.Output[bool]
    process_rule: pulumi.Output[str]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        process_rule: pulumi.Input[Union[str, image.Pipeline, image.Stage]],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        is_pic_info: pulumi.Input[bool] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        is_pic_info: Whether the result also tells about the original picture.
        process_rule: Image processing, such as `imageMogr2/rotate/90`; write it with `pulumi_ci.image` or as
          a string."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> PicProcessTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class PictureQueue(pulumi.CustomResource):
    """Takes over the picture queue of a bucket and keeps its settings."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    state: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    max_size: pulumi.Output[int]
    max_concurrent: pulumi.Output[int]
    name: pulumi.Output[str]
    notify_config: pulumi.Output[Any]
    @property
    def queue_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        queue_id: pulumi.Input[str] | None = None,
        state: pulumi.Input[Literal['Active', 'Paused']] | None = None,
        on_delete: pulumi.Input[Literal['leave', 'restore']] | None = None,
        notify_config: pulumi.Input[NotifyConfigArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        queue_id: Id of the queue; may be left out where the bucket has one such queue.
        state: `Paused`: waiting jobs stay where they are, running ones go on.
        on_delete: What destroying the resource does to the queue: leave its settings, or restore the ones
          found at first.
        name: Name: Chinese characters, letters, digits, `_`, `-`, `*`.
        notify_config: Where finished jobs are reported; left as it is when not given."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> PictureQueue:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class SmartCoverTemplate(pulumi.CustomResource):
    """A recipe for covers that the service picks from a video."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    format: pulumi.Output[str]
    width: pulumi.Output[int]
    height: pulumi.Output[int]
    count: pulumi.Output[int]
    delete_duplicates: pulumi.Output[bool]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        format: pulumi.Input[Literal['jpg', 'png', 'webp']] | None = None,
        width: pulumi.Input[int] | None = None,
        height: pulumi.Input[int] | None = None,
        count: pulumi.Input[int] | None = None,
        delete_duplicates: pulumi.Input[bool] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        format: Format of the pictures.
        width: Width; alone, the height scales with it; the video's own when both are left out.
        height: Height; alone, the width scales with it.
        count: How many covers.
        delete_duplicates: Whether covers that look alike are dropped."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> SmartCoverTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class SnapshotTemplate(pulumi.CustomResource):
    """A recipe for screenshots of a video, single or as a sprite sheet."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    mode: pulumi.Output[str]
    start: pulumi.Output[float]
    time_interval: pulumi.Output[float]
    count: pulumi.Output[int]
    width: pulumi.Output[int]
    height: pulumi.Output[int]
    ci_param: pulumi.Output[str]
    is_check_count: pulumi.Output[bool]
    is_check_black: pulumi.Output[bool]
    black_level: pulumi.Output[int]
    pixel_black_threshold: pulumi.Output[int]
    snapshot_out_mode: pulumi.Output[str]
    sprite_snapshot_config: pulumi.Output[Any]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        count: pulumi.Input[int],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        mode: pulumi.Input[Literal['Interval', 'Average', 'KeyFrame']] | None = None,
        start: pulumi.Input[float] | None = None,
        time_interval: pulumi.Input[float] | None = None,
        width: pulumi.Input[int] | None = None,
        height: pulumi.Input[int] | None = None,
        ci_param: pulumi.Input[Union[str, image.Pipeline, image.Stage]] | None = None,
        is_check_count: pulumi.Input[bool] | None = None,
        is_check_black: pulumi.Input[bool] | None = None,
        black_level: pulumi.Input[int] | None = None,
        pixel_black_threshold: pulumi.Input[int] | None = None,
        snapshot_out_mode: pulumi.Input[Literal['OnlySnapshot', 'OnlySprite', 'SnapshotAndSprite']] | None = None,
        sprite_snapshot_config: pulumi.Input[SpriteSnapshotConfigArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        mode: Every `time_interval` seconds, spread evenly, or at key frames.
        start: Where to start, in seconds from the beginning, to the millisecond.
        time_interval: Time between two screenshots in mode Interval; every frame when left out.
        count: How many screenshots.
        width: Width of a screenshot; alone, the height scales with it.
        height: Height of a screenshot; alone, the width scales with it.
        ci_param: Image processing of each screenshot, such as `imageMogr2/format/png`.
        is_check_count: In mode Interval with a video too short for `count`: spread them evenly instead.
        is_check_black: Skip black frames at the start.
        black_level: Share of black pixels that makes a frame black; needs `is_check_black` and `start` 0.
        pixel_black_threshold: Brightness up to which a pixel counts as black; needs `is_check_black`.
        snapshot_out_mode: Screenshots, a sprite sheet, or both.
        sprite_snapshot_config: Layout of the sprite sheet."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> SnapshotTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class SpeechQueue(pulumi.CustomResource):
    """Takes over the speech recognition queue of a bucket and keeps its settings."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    state: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    max_size: pulumi.Output[int]
    max_concurrent: pulumi.Output[int]
    name: pulumi.Output[str]
    notify_config: pulumi.Output[Any]
    @property
    def queue_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        queue_id: pulumi.Input[str] | None = None,
        state: pulumi.Input[Literal['Active', 'Paused']] | None = None,
        on_delete: pulumi.Input[Literal['leave', 'restore']] | None = None,
        notify_config: pulumi.Input[UrlNotifyConfigArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        queue_id: Id of the queue; may be left out where the bucket has one such queue.
        state: `Paused`: waiting jobs stay where they are, running ones go on.
        on_delete: What destroying the resource does to the queue: leave its settings, or restore the ones
          found at first.
        name: Name of the queue.
        notify_config: Where finished jobs are reported; left as it is when not given."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> SpeechQueue:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class SpeechRecognitionTemplate(pulumi.CustomResource):
    """A recipe for recognising speech: the ordinary way, or the faster flash way, which knows fewer engines."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    engine_model_type: pulumi.Output[str]
    channel_num: pulumi.Output[str]
    res_text_format: pulumi.Output[str]
    filter_dirty: pulumi.Output[str]
    filter_modal: pulumi.Output[str]
    convert_num_mode: pulumi.Output[str]
    speaker_diarization: pulumi.Output[str]
    speaker_number: pulumi.Output[int]
    filter_punc: pulumi.Output[str]
    output_file_type: pulumi.Output[str]
    flash_asr: pulumi.Output[bool]
    format: pulumi.Output[str]
    first_channel_only: pulumi.Output[str]
    word_info: pulumi.Output[str]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        engine_model_type: pulumi.Input[Literal['8k_zh', '8k_zh_s', '8k_en', '16k_zh', '16k_zh_video', '16k_en', '16k_ca', '16k_ja', '16k_zh_edu', '16k_en_edu', '16k_zh_medical', '16k_th', '16k_zh_dialect']],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        channel_num: pulumi.Input[Literal[1, 2]] | None = None,
        res_text_format: pulumi.Input[Literal[0, 1, 2]] | None = None,
        filter_dirty: pulumi.Input[Literal[0, 1, 2]] | None = None,
        filter_modal: pulumi.Input[Literal[0, 1, 2]] | None = None,
        convert_num_mode: pulumi.Input[Literal[0, 1, 3]] | None = None,
        speaker_diarization: pulumi.Input[Literal[0, 1]] | None = None,
        speaker_number: pulumi.Input[int] | None = None,
        filter_punc: pulumi.Input[Literal[0, 1, 2]] | None = None,
        output_file_type: pulumi.Input[Literal['txt', 'srt']] | None = None,
        flash_asr: pulumi.Input[bool] | None = None,
        format: pulumi.Input[Literal['wav', 'pcm', 'ogg-opus', 'speex', 'silk', 'mp3', 'm4a', 'aac']] | None = None,
        first_channel_only: pulumi.Input[Literal[0, 1]] | None = None,
        word_info: pulumi.Input[Literal[0, 1, 2]] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        engine_model_type: Engine: `8k_` for telephone calls, `16k_` for all else; flash: 8k_zh, 16k_zh,
          16k_en and 16k_zh_video only.
        channel_num: Channels of the sound, required without flash; 2 only with engine 8k_zh.
        res_text_format: Required without flash: 0 text with the times of segments, 1 of words, 2 of words
          with punctuation.
        filter_dirty: Swearwords: 0 kept, 1 dropped, 2 replaced by `*`; Mandarin engines.
        filter_modal: Filler words: 0 kept, 1 partly dropped, 2 strictly dropped; Mandarin engines.
        convert_num_mode: Numbers: 0 as words, 1 as digits where the context asks for it, 3 also in
          mathematics; Mandarin engines.
        speaker_diarization: 1 tells speakers apart: engines 8k_zh, 16k_zh and 16k_zh_video with one channel.
        speaker_number: How many speakers, 0 for up to six by analysis; needs `speaker_diarization` 1, not
          flash.
        filter_punc: Punctuation: 0 kept, 1 dropped at the end of sentences, 2 dropped; Mandarin engines.
        output_file_type: Format of the result; flash knows txt only.
        flash_asr: Recognise the fast way.
        format: Format of the sound, required for flash and only for it.
        first_channel_only: Flash only: 1 takes the first channel, 0 all.
        word_info: Flash only: times of 0 no words, 1 words, 2 words with punctuation."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> SpeechRecognitionTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class SpeechService(pulumi.CustomResource):
    """Switches speech recognition on for a bucket.
    
    The pages document only how to look; switching on and off are calls of the official SDK.
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    on_delete: pulumi.Output[str]
    create_time: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        on_delete: pulumi.Input[Literal['off', 'leave']] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        on_delete: What destroying the resource does: switch it off, if this resource switched it on, or leave
          it as it is."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> SpeechService:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class SuperResolutionTemplate(pulumi.CustomResource):
    """A recipe that raises the resolution of a video."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    resolution: pulumi.Output[str]
    enable_scale_up: pulumi.Output[bool]
    version: pulumi.Output[str]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        resolution: pulumi.Input[Literal['sdtohd', 'hdto4k']],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        enable_scale_up: pulumi.Input[bool] | None = None,
        version: pulumi.Input[Literal['Base', 'Enhance']] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        resolution: From standard definition to HD, or from HD to 4K.
        enable_scale_up: Whether the picture is scaled automatically.
        version: Version of the method."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> SuperResolutionTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class TranscodeProTemplate(pulumi.CustomResource):
    """A recipe for transcoding to a broadcast format. A sound whose block is left out is removed from the
      result."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    container: pulumi.Output[Any]
    video: pulumi.Output[Any]
    audio: pulumi.Output[Any]
    trans_config: pulumi.Output[Any]
    time_interval: pulumi.Output[Any]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        container: pulumi.Input[TranscodeProTemplateContainerArgs],
        video: pulumi.Input[TranscodeProTemplateVideoArgs],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        audio: pulumi.Input[TranscodeProTemplateAudioArgs] | None = None,
        trans_config: pulumi.Input[TransConfigArgs] | None = None,
        time_interval: pulumi.Input[TimeIntervalArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        container: Container of the result.
        video: Video stream.
        audio: Audio stream; left out, the result has none.
        trans_config: Handling of sources that do not fit.
        time_interval: Part of the source that is transcoded."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> TranscodeProTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class TranscodeTemplate(pulumi.CustomResource):
    """A recipe for transcoding. A stream whose block is left out is removed from the result."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    container: pulumi.Output[Any]
    video: pulumi.Output[Any]
    audio: pulumi.Output[Any]
    trans_config: pulumi.Output[Any]
    time_interval: pulumi.Output[Any]
    audio_mix: pulumi.Output[Any]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        container: pulumi.Input[TranscodeTemplateContainerArgs],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        video: pulumi.Input[TranscodeTemplateVideoArgs] | None = None,
        audio: pulumi.Input[TranscodeTemplateAudioArgs] | None = None,
        trans_config: pulumi.Input[TranscodeConfigArgs] | None = None,
        time_interval: pulumi.Input[TimeIntervalArgs] | None = None,
        audio_mix: pulumi.Input[Sequence[pulumi.Input[AudioMixArgs]]] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        container: Container of the result.
        video: Video stream; left out, the result has none.
        audio: Audio stream; left out, the result has none.
        trans_config: Handling of sources that do not fit, and encryption.
        time_interval: Part of the source that is transcoded.
        audio_mix: Sounds mixed into the result, at most 2; without effect where `audio.remove` is true."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> TranscodeTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class TtsTemplate(pulumi.CustomResource):
    """A voice, and how it reads."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    mode: pulumi.Output[str]
    codec: pulumi.Output[str]
    voice_type: pulumi.Output[str]
    volume: pulumi.Output[float]
    speed: pulumi.Output[float]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        mode: pulumi.Input[Literal['Asyc', 'Sync']] | None = None,
        codec: pulumi.Input[Literal['wav', 'mp3', 'pcm']] | None = None,
        voice_type: pulumi.Input[Literal['ruxue', 'aixiaonan', 'aixiaoxing', 'aixiaocheng', 'aixiaoxue', 'aixiaolu', 'aixiaodong', 'aixiaoliao', 'aixiaoqian', 'aixiaoyang', 'alice']] | None = None,
        volume: pulumi.Input[float] | None = None,
        speed: pulumi.Input[float] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        mode: Asynchronous, which the API spells `Asyc`, or synchronous; synchronous is for short texts.
        codec: Format of the sound. Asyc: only pcm, meant when left out. Sync: all three, wav meant when left
          out.
        voice_type: Voice; `aixiaonan` and `aixiaoliao` need mode Asyc, `alice` reads English only.
        volume: Loudness, 0 is the ordinary one.
        speed: Speed in percent, 100 is the ordinary one."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> TtsTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class VideoMontageTemplate(pulumi.CustomResource):
    """A recipe that cuts a video down to its highlights."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    duration: pulumi.Output[float]
    container: pulumi.Output[Any]
    video: pulumi.Output[Any]
    audio: pulumi.Output[Any]
    audio_mix: pulumi.Output[Any]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        container: pulumi.Input[VideoMontageTemplateContainerArgs],
        video: pulumi.Input[H26xVideoArgs],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        duration: pulumi.Input[float] | None = None,
        audio: pulumi.Input[LossyAudioArgs] | None = None,
        audio_mix: pulumi.Input[Sequence[pulumi.Input[AudioMixArgs]]] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        duration: Length of the result, to the millisecond; chosen by the service when left out.
        container: Container of the result.
        video: Video stream; give at least its codec.
        audio: Audio stream.
        audio_mix: Sounds mixed into the result; without effect where `audio.remove` is true."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> VideoMontageTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class VideoProcessTemplate(pulumi.CustomResource):
    """A recipe that enhances the colours or details of a video, or both."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    color_enhance: pulumi.Output[Any]
    ms_sharpen: pulumi.Output[Any]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        color_enhance: pulumi.Input[ColorEnhanceArgs] | None = None,
        ms_sharpen: pulumi.Input[MsSharpenArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        color_enhance: Enhancement of the colours.
        ms_sharpen: Enhancement of the details."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> VideoProcessTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class VoiceSeparateTemplate(pulumi.CustomResource):
    """A recipe that takes the voice out of a sound, or its background, or both."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    audio_mode: pulumi.Output[str]
    audio_config: pulumi.Output[Any]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        audio_mode: pulumi.Input[Literal['IsAudio', 'IsBackground', 'AudioAndBackground']],
        audio_config: pulumi.Input[AudioConfigArgs],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        audio_mode: What comes out: the voice, the background, or both.
        audio_config: Coding of what comes out; give at least its codec."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> VoiceSeparateTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class WatermarkTemplate(pulumi.CustomResource):
    """A watermark for transcoded videos; a transcoding node of a workflow takes up to three."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    type: pulumi.Output[str]
    pos: pulumi.Output[str]
    loc_mode: pulumi.Output[str]
    dx: pulumi.Output[float]
    dy: pulumi.Output[float]
    start_time: pulumi.Output[float]
    end_time: pulumi.Output[float]
    slide_config: pulumi.Output[Any]
    image: pulumi.Output[Any]
    text: pulumi.Output[Any]
    @property
    def template_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        type: pulumi.Input[Literal['Text', 'Image']],
        pos: pulumi.Input[Literal['TopRight', 'TopLeft', 'BottomRight', 'BottomLeft', 'Left', 'Right', 'Top', 'Bottom', 'Center']],
        loc_mode: pulumi.Input[Literal['Relativity', 'Absolute']],
        dx: pulumi.Input[float],
        dy: pulumi.Input[float],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        start_time: pulumi.Input[float] | None = None,
        end_time: pulumi.Input[float] | None = None,
        slide_config: pulumi.Input[SlideConfigArgs] | None = None,
        image: pulumi.Input[ImageArgs] | None = None,
        text: pulumi.Input[TextArgs] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in
          place.
        type: Which of the blocks `text` and `image` is painted.
        pos: Where it stands in the picture; without effect when it scrolls.
        loc_mode: Whether `dx` and `dy` are percent of the video's sides or pixels.
        dx: Horizontal distance: 0 to 100 % or 0 to 4096 px, a background picture -300 to 0 % or -4096 to 0
          px.
        dy: Vertical distance, as `dx`.
        start_time: When it appears, in seconds from the beginning, to the millisecond.
        end_time: When it disappears; the end of the video when left out.
        slide_config: Movement.
        image: The picture, for type Image.
        text: The text, for type Text."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> WatermarkTemplate:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class Workflow(pulumi.CustomResource):
    """A graph of processing steps that runs for every matching upload. Where the service refuses to change a
      running
    one, it is paused for the change, and uploads of that moment start nothing."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    name: pulumi.Output[str]
    state: pulumi.Output[str]
    dependencies: pulumi.Output[Any]
    nodes: pulumi.Output[Any]
    create_time: pulumi.Output[str]
    @property
    def workflow_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        dependencies: pulumi.Input[Mapping[str, pulumi.Input[Sequence[pulumi.Input[str]]]]],
        nodes: pulumi.Input[Mapping[str, Any]],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        state: pulumi.Input[Literal['Active', 'Paused']] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        name: Name: Chinese characters, letters, digits, `_`, `-`. The service allows two workflows of one
          name.
        state: `Active`: uploads start it; `Paused`: they do not.
        dependencies: What follows each node, by name; `["End"]` when nothing does.
          `pulumi_ci.workflow.pipeline` writes it.
        nodes: The nodes by name: `Start`, and `<type>_<letters, digits and _>` such as `Snapshot_thumbs`."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> Workflow:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class WorkflowExecution(pulumi.CustomResource):
    """One run of a workflow for one object, whether an upload of it would start the workflow or not.
    
    No call cancels it: destroying the resource forgets it."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    triggers: pulumi.Output[Any]
    workflow_id: pulumi.Output[str]
    object: pulumi.Output[str]
    name: pulumi.Output[str]
    state: pulumi.Output[str]
    workflow_name: pulumi.Output[str]
    create_time: pulumi.Output[str]
    tasks: pulumi.Output[Any]
    @property
    def run_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        workflow_id: pulumi.Input[str],
        object: pulumi.Input[str],
        adopt: pulumi.Input[str] | None = None,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        triggers: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
        wait: pulumi.Input[bool] | None = None,
        wait_seconds: pulumi.Input[int] | None = None,
        name: pulumi.Input[str] | None = None,
    ) -> None:
        """adopt: What to do when the object exists already: `never` take it over, and fail (the default;
          `ci:adopt` changes it); take it over when it is `identical`, or when its name is a `match`; or the
          id of the one to take over.
        region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        triggers: Texts of your own, such as a version; when one of them changes, it is run again.
        wait: Whether creating it lasts until the run has ended; the program then fails when the run did, or
          the time is up.
        wait_seconds: How long `wait` waits.
        workflow_id: Id of the workflow; it may be paused.
        object: Key of an object in the same bucket.
        name: Name of the run; no answer shows it."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> WorkflowExecution:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

@dataclass(frozen=True)
class AiQueueResult:
    """Takes over the AI recognition queue of a bucket and keeps its settings.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    queue_id: str
    """Id of the queue; may be left out where the bucket has one such queue."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    state: str | None
    """`Paused`: waiting jobs stay where they are, running ones go on."""
    max_size: int | None
    """How many jobs may wait."""
    max_concurrent: int | None
    """How many jobs run at once."""
    name: str | None
    """Name: Chinese characters, letters, digits, `_`, `-`, `*`."""
    notify_config: dict[str, Any] | None
    """Where finished jobs are reported; left as it is when not given."""

@dataclass(frozen=True)
class AnimationTemplateResult:
    """A recipe for animated pictures of a video.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    container: dict[str, Any]
    """Format of the animated picture."""
    video: dict[str, Any] | None
    """Size, speed and frames of the animated picture."""
    time_interval: dict[str, Any] | None
    """Part of the video that is taken."""

@dataclass(frozen=True)
class ConcatTemplateResult:
    """A recipe that joins clips to a video, such as an opening and a closing.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    concat_fragment: list[dict[str, Any]]
    """The clips, in order; one or more."""
    audio: dict[str, Any] | None
    """Audio stream; as in the source when left out."""
    video: dict[str, Any] | None
    """Video stream; as in the source when left out."""
    container: dict[str, Any]
    """Container of the result."""
    audio_mix: list[dict[str, Any]] | None
    """Sounds mixed into the result; without effect where `audio.remove` is true."""
    direct_concat: bool
    """Join without transcoding; what `audio` and `video` say has no effect then."""

@dataclass(frozen=True)
class DocumentQueueResult:
    """Takes over the document queue of a bucket and keeps its settings.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    queue_id: str
    """Id of the queue; may be left out where the bucket has one such queue."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    state: str | None
    """`Paused`: waiting jobs stay where they are, running ones go on."""
    max_size: int | None
    """How many jobs may wait."""
    max_concurrent: int | None
    """How many jobs run at once."""
    name: str | None
    """Name of the queue."""
    notify_config: dict[str, Any] | None
    """Where finished jobs are reported; left as it is when not given."""

@dataclass(frozen=True)
class HighSpeedHdTemplateResult:
    """A recipe for transcoding that spends fewer bits on the same quality.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    container: dict[str, Any]
    """Container of the result."""
    video: dict[str, Any]
    """Video stream; give at least its codec."""
    audio: dict[str, Any] | None
    """Audio stream."""
    trans_config: dict[str, Any] | None
    """Handling of sources that do not fit, and encryption."""
    time_interval: dict[str, Any] | None
    """Part of the source that is transcoded."""

@dataclass(frozen=True)
class ImageStyleResult:
    """A named image-processing rule of a bucket; write the body with `pulumi_ci.image` or as a string.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    style_name: str
    """Name in picture addresses, case-sensitive. Avoid the bucket's style separators (`-`, `_`, `/`, `!`)."""
    style_body: str
    """The rule, such as `imageMogr2/thumbnail/640x/quality/85`, without a leading `?`."""

@dataclass(frozen=True)
class MediaQueueResult:
    """Takes over a media queue that exists already and keeps its settings.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    queue_id: str
    """Id of the queue; may be left out where the bucket has one such queue."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    state: str | None
    """`Paused`: waiting jobs stay where they are, running ones go on."""
    max_size: int | None
    """How many jobs may wait."""
    max_concurrent: int | None
    """How many jobs run at once."""
    category: str
    """Which of the bucket's media queues: ordinary (assumed when left out) or speed transcoding."""
    name: str | None
    """Name: Chinese characters, letters, digits, `_`, `-`, `*`."""
    notify_config: dict[str, Any] | None
    """Where finished jobs are reported; left as it is when not given."""

@dataclass(frozen=True)
class NoiseReductionTemplateResult:
    """A recipe that removes noise from a recording.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    format: str
    """Format of the result."""
    samplerate: int
    """Samples per second of the result (Hz)."""

@dataclass(frozen=True)
class PicProcessTemplateResult:
    """A rule that a workflow applies to pictures, such as screenshots.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    is_pic_info: bool
    """Whether the result also tells about the original picture."""
    process_rule: str
    """Image processing, such as `imageMogr2/rotate/90`; write it with `pulumi_ci.image` or as a string."""

@dataclass(frozen=True)
class PictureQueueResult:
    """Takes over the picture queue of a bucket and keeps its settings.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    queue_id: str
    """Id of the queue; may be left out where the bucket has one such queue."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    state: str | None
    """`Paused`: waiting jobs stay where they are, running ones go on."""
    max_size: int | None
    """How many jobs may wait."""
    max_concurrent: int | None
    """How many jobs run at once."""
    name: str | None
    """Name: Chinese characters, letters, digits, `_`, `-`, `*`."""
    notify_config: dict[str, Any] | None
    """Where finished jobs are reported; left as it is when not given."""

@dataclass(frozen=True)
class SmartCoverTemplateResult:
    """A recipe for covers that the service picks from a video.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    format: str
    """Format of the pictures."""
    width: int | None
    """Width; alone, the height scales with it; the video's own when both are left out."""
    height: int | None
    """Height; alone, the width scales with it."""
    count: int
    """How many covers."""
    delete_duplicates: bool
    """Whether covers that look alike are dropped."""

@dataclass(frozen=True)
class SnapshotTemplateResult:
    """A recipe for screenshots of a video, single or as a sprite sheet.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    mode: str
    """Every `time_interval` seconds, spread evenly, or at key frames."""
    start: float
    """Where to start, in seconds from the beginning, to the millisecond."""
    time_interval: float | None
    """Time between two screenshots in mode Interval; every frame when left out."""
    count: int
    """How many screenshots."""
    width: int | None
    """Width of a screenshot; alone, the height scales with it."""
    height: int | None
    """Height of a screenshot; alone, the width scales with it."""
    ci_param: str | None
    """Image processing of each screenshot, such as `imageMogr2/format/png`."""
    is_check_count: bool
    """In mode Interval with a video too short for `count`: spread them evenly instead."""
    is_check_black: bool
    """Skip black frames at the start."""
    black_level: int | None
    """Share of black pixels that makes a frame black; needs `is_check_black` and `start` 0."""
    pixel_black_threshold: int | None
    """Brightness up to which a pixel counts as black; needs `is_check_black`."""
    snapshot_out_mode: str
    """Screenshots, a sprite sheet, or both."""
    sprite_snapshot_config: dict[str, Any] | None
    """Layout of the sprite sheet."""

@dataclass(frozen=True)
class SpeechQueueResult:
    """Takes over the speech recognition queue of a bucket and keeps its settings.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    queue_id: str
    """Id of the queue; may be left out where the bucket has one such queue."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    state: str | None
    """`Paused`: waiting jobs stay where they are, running ones go on."""
    max_size: int | None
    """How many jobs may wait."""
    max_concurrent: int | None
    """How many jobs run at once."""
    name: str | None
    """Name of the queue."""
    notify_config: dict[str, Any] | None
    """Where finished jobs are reported; left as it is when not given."""

@dataclass(frozen=True)
class SpeechRecognitionTemplateResult:
    """A recipe for recognising speech: the ordinary way, or the faster flash way, which knows fewer engines.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    engine_model_type: str
    """Engine: `8k_` for telephone calls, `16k_` for all else; flash: 8k_zh, 16k_zh, 16k_en and 16k_zh_video
      only."""
    channel_num: int | None
    """Channels of the sound, required without flash; 2 only with engine 8k_zh."""
    res_text_format: int | None
    """Required without flash: 0 text with the times of segments, 1 of words, 2 of words with punctuation."""
    filter_dirty: int
    """Swearwords: 0 kept, 1 dropped, 2 replaced by `*`; Mandarin engines."""
    filter_modal: int
    """Filler words: 0 kept, 1 partly dropped, 2 strictly dropped; Mandarin engines."""
    convert_num_mode: int
    """Numbers: 0 as words, 1 as digits where the context asks for it, 3 also in mathematics; Mandarin engines."""
    speaker_diarization: int
    """1 tells speakers apart: engines 8k_zh, 16k_zh and 16k_zh_video with one channel."""
    speaker_number: int
    """How many speakers, 0 for up to six by analysis; needs `speaker_diarization` 1, not flash."""
    filter_punc: int
    """Punctuation: 0 kept, 1 dropped at the end of sentences, 2 dropped; Mandarin engines."""
    output_file_type: str
    """Format of the result; flash knows txt only."""
    flash_asr: bool
    """Recognise the fast way."""
    format: str | None
    """Format of the sound, required for flash and only for it."""
    first_channel_only: int
    """Flash only: 1 takes the first channel, 0 all."""
    word_info: int
    """Flash only: times of 0 no words, 1 words, 2 words with punctuation."""

@dataclass(frozen=True)
class SuperResolutionTemplateResult:
    """A recipe that raises the resolution of a video.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    resolution: str
    """From standard definition to HD, or from HD to 4K."""
    enable_scale_up: bool
    """Whether the picture is scaled automatically."""
    version: str
    """Version of the method."""

@dataclass(frozen=True)
class TranscodeProTemplateResult:
    """A recipe for transcoding to a broadcast format. A sound whose block is left out is removed from the
      result.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    container: dict[str, Any]
    """Container of the result."""
    video: dict[str, Any]
    """Video stream."""
    audio: dict[str, Any] | None
    """Audio stream; left out, the result has none."""
    trans_config: dict[str, Any] | None
    """Handling of sources that do not fit."""
    time_interval: dict[str, Any] | None
    """Part of the source that is transcoded."""

@dataclass(frozen=True)
class TranscodeTemplateResult:
    """A recipe for transcoding. A stream whose block is left out is removed from the result.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    container: dict[str, Any]
    """Container of the result."""
    video: dict[str, Any] | None
    """Video stream; left out, the result has none."""
    audio: dict[str, Any] | None
    """Audio stream; left out, the result has none."""
    trans_config: dict[str, Any] | None
    """Handling of sources that do not fit, and encryption."""
    time_interval: dict[str, Any] | None
    """Part of the source that is transcoded."""
    audio_mix: list[dict[str, Any]] | None
    """Sounds mixed into the result, at most 2; without effect where `audio.remove` is true."""

@dataclass(frozen=True)
class TtsTemplateResult:
    """A voice, and how it reads.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    mode: str
    """Asynchronous, which the API spells `Asyc`, or synchronous; synchronous is for short texts."""
    codec: str | None
    """Format of the sound. Asyc: only pcm, meant when left out. Sync: all three, wav meant when left out."""
    voice_type: str
    """Voice; `aixiaonan` and `aixiaoliao` need mode Asyc, `alice` reads English only."""
    volume: float
    """Loudness, 0 is the ordinary one."""
    speed: float
    """Speed in percent, 100 is the ordinary one."""

@dataclass(frozen=True)
class VideoMontageTemplateResult:
    """A recipe that cuts a video down to its highlights.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    duration: float | None
    """Length of the result, to the millisecond; chosen by the service when left out."""
    container: dict[str, Any]
    """Container of the result."""
    video: dict[str, Any]
    """Video stream; give at least its codec."""
    audio: dict[str, Any] | None
    """Audio stream."""
    audio_mix: list[dict[str, Any]] | None
    """Sounds mixed into the result; without effect where `audio.remove` is true."""

@dataclass(frozen=True)
class VideoProcessTemplateResult:
    """A recipe that enhances the colours or details of a video, or both.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    color_enhance: dict[str, Any] | None
    """Enhancement of the colours."""
    ms_sharpen: dict[str, Any] | None
    """Enhancement of the details."""

@dataclass(frozen=True)
class VoiceSeparateTemplateResult:
    """A recipe that takes the voice out of a sound, or its background, or both.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    audio_mode: str
    """What comes out: the voice, the background, or both."""
    audio_config: dict[str, Any]
    """Coding of what comes out; give at least its codec."""

@dataclass(frozen=True)
class WatermarkTemplateResult:
    """A watermark for transcoded videos; a transcoding node of a workflow takes up to three.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    template_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""
    type: str
    """Which of the blocks `text` and `image` is painted."""
    pos: str
    """Where it stands in the picture; without effect when it scrolls."""
    loc_mode: str
    """Whether `dx` and `dy` are percent of the video's sides or pixels."""
    dx: float
    """Horizontal distance: 0 to 100 % or 0 to 4096 px, a background picture -300 to 0 % or -4096 to 0 px."""
    dy: float
    """Vertical distance, as `dx`."""
    start_time: float
    """When it appears, in seconds from the beginning, to the millisecond."""
    end_time: float | None
    """When it disappears; the end of the video when left out."""
    slide_config: dict[str, Any] | None
    """Movement."""
    image: dict[str, Any] | None
    """The picture, for type Image."""
    text: dict[str, Any] | None
    """The text, for type Text."""

@dataclass(frozen=True)
class WorkflowResult:
    """A graph of processing steps that runs for every matching upload. Where the service refuses to change a
      running
    one, it is paused for the change, and uploads of that moment start nothing.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    workflow_id: str
    """The server's id."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    name: str
    """Name: Chinese characters, letters, digits, `_`, `-`. The service allows two workflows of one name."""
    state: str | None
    """`Active`: uploads start it; `Paused`: they do not."""
    dependencies: dict[str, Any]
    """What follows each node, by name; `["End"]` when nothing does. `pulumi_ci.workflow.pipeline` writes it."""
    nodes: dict[str, Any]
    """The nodes by name: `Start`, and `<type>_<letters, digits and _>` such as `Snapshot_thumbs`."""
    create_time: str | None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""

@dataclass(frozen=True)
class AiRecognitionServiceResult:
    """Switches AI content recognition on for a bucket, which also makes its queue.
    
    The pages document no call to switch it off; the official SDK has one, which is used.
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    create_time: str | None
    """When it was switched on, such as `2024-01-02T09:00:00+0800`."""

@dataclass(frozen=True)
class BucketBindingResult:
    """Binds a COS bucket to CI. Unbinding keeps the bucket and its files.
    
    Declare it first: what the program declares after it in the same bucket is made after it and deleted
      before it,
    without `depends_on`.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""

@dataclass(frozen=True)
class DocumentServiceResult:
    """Switches document preview on for a bucket, by a call of the official SDK; nothing is known to switch it
      off.
    
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    create_time: str | None
    """When it was switched on, such as `2024-01-02T09:00:00+0800`."""

@dataclass(frozen=True)
class GuetzliCompressionResult:
    """Switches Guetzli compression of JPEG pictures on for a bucket; it works on the pic domain, not on that of
      COS.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""

@dataclass(frozen=True)
class HotlinkResult:
    """Allows or refuses pictures by the domain of the page that embeds them.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    type: str
    """`white`: only these domains may embed; `black`: all but these. Deleting the resource switches it off."""
    url: list[str]
    """Domains, such as `www.example.com`."""

@dataclass(frozen=True)
class MediaServiceResult:
    """Switches media processing on for a bucket, which also makes its queues. Switching off keeps the files.
    
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    create_time: str | None
    """When it was switched on, such as `2024-01-02T09:00:00+0800`."""

@dataclass(frozen=True)
class OriginProtectionResult:
    """Refuses access to original pictures, so that only styles can be fetched.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""

@dataclass(frozen=True)
class SpeechServiceResult:
    """Switches speech recognition on for a bucket.
    
    The pages document only how to look; switching on and off are calls of the official SDK.
    Templates, queues and workflows that the program declares after it in the same bucket
    are made after it and deleted before it, without `depends_on`.
    
    As found: with the defaults that apply, and None for what is unset."""
    id: str
    """`<region>/<bucket>/<id or name>`, as `get` takes it."""
    region: str
    """Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out."""
    bucket: str
    """Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when left out."""
    create_time: str | None
    """When it was switched on, such as `2024-01-02T09:00:00+0800`."""

def find_ai_queue(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    queue_id: str | None = None,
    state: Literal['Active', 'Paused'] | None = None,
    max_size: int | None = None,
    max_concurrent: int | None = None,
    name: str | None = None,
    notify_config: Mapping[str, Any] | None = None,
) -> AiQueueResult:
    """The one AiQueue whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_ai_queues(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[AiQueueResult]:
    """Every AiQueue in a place, by id. Raises CiError when the call fails."""

def find_animation_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    container: Mapping[str, Any] | None = None,
    video: Mapping[str, Any] | None = None,
    time_interval: Mapping[str, Any] | None = None,
) -> AnimationTemplateResult:
    """The one AnimationTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_animation_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[AnimationTemplateResult]:
    """Every AnimationTemplate in a place, by id. Raises CiError when the call fails."""

def find_concat_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    concat_fragment: Sequence[Mapping[str, Any]] | None = None,
    audio: Mapping[str, Any] | None = None,
    video: Mapping[str, Any] | None = None,
    container: Mapping[str, Any] | None = None,
    audio_mix: Sequence[Mapping[str, Any]] | None = None,
    direct_concat: bool | None = None,
) -> ConcatTemplateResult:
    """The one ConcatTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_concat_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[ConcatTemplateResult]:
    """Every ConcatTemplate in a place, by id. Raises CiError when the call fails."""

def find_document_queue(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    queue_id: str | None = None,
    state: Literal['Active', 'Paused'] | None = None,
    max_size: int | None = None,
    max_concurrent: int | None = None,
    name: str | None = None,
    notify_config: Mapping[str, Any] | None = None,
) -> DocumentQueueResult:
    """The one DocumentQueue whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_document_queues(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[DocumentQueueResult]:
    """Every DocumentQueue in a place, by id. Raises CiError when the call fails."""

def find_high_speed_hd_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    container: Mapping[str, Any] | None = None,
    video: Mapping[str, Any] | None = None,
    audio: Mapping[str, Any] | None = None,
    trans_config: Mapping[str, Any] | None = None,
    time_interval: Mapping[str, Any] | None = None,
) -> HighSpeedHdTemplateResult:
    """The one HighSpeedHdTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_high_speed_hd_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[HighSpeedHdTemplateResult]:
    """Every HighSpeedHdTemplate in a place, by id. Raises CiError when the call fails."""

def find_image_style(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    style_name: str | None = None,
    style_body: str | None = None,
) -> ImageStyleResult:
    """The one ImageStyle whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_image_styles(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[ImageStyleResult]:
    """Every ImageStyle in a place, by id. Raises CiError when the call fails."""

def find_media_queue(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    queue_id: str | None = None,
    state: Literal['Active', 'Paused'] | None = None,
    max_size: int | None = None,
    max_concurrent: int | None = None,
    category: Literal['Transcoding', 'SpeedTranscoding'] | None = None,
    name: str | None = None,
    notify_config: Mapping[str, Any] | None = None,
) -> MediaQueueResult:
    """The one MediaQueue whose fields equal those given. Raises NoMatch or ManyMatches. Of several that match,
      the one of category Transcoding, if none is given."""

def list_media_queues(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[MediaQueueResult]:
    """Every MediaQueue in a place, by id. Raises CiError when the call fails."""

def find_noise_reduction_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    format: Literal['mp3', 'm4a', 'wav'] | None = None,
    samplerate: Literal[8000, 12000, 16000, 24000, 32000, 44100, 48000] | None = None,
) -> NoiseReductionTemplateResult:
    """The one NoiseReductionTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_noise_reduction_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[NoiseReductionTemplateResult]:
    """Every NoiseReductionTemplate in a place, by id. Raises CiError when the call fails."""

def find_pic_process_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    is_pic_info: bool | None = None,
    process_rule: str | None = None,
) -> PicProcessTemplateResult:
    """The one PicProcessTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_pic_process_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[PicProcessTemplateResult]:
    """Every PicProcessTemplate in a place, by id. Raises CiError when the call fails."""

def find_picture_queue(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    queue_id: str | None = None,
    state: Literal['Active', 'Paused'] | None = None,
    max_size: int | None = None,
    max_concurrent: int | None = None,
    name: str | None = None,
    notify_config: Mapping[str, Any] | None = None,
) -> PictureQueueResult:
    """The one PictureQueue whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_picture_queues(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[PictureQueueResult]:
    """Every PictureQueue in a place, by id. Raises CiError when the call fails."""

def find_smart_cover_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    format: Literal['jpg', 'png', 'webp'] | None = None,
    width: int | None = None,
    height: int | None = None,
    count: int | None = None,
    delete_duplicates: bool | None = None,
) -> SmartCoverTemplateResult:
    """The one SmartCoverTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_smart_cover_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[SmartCoverTemplateResult]:
    """Every SmartCoverTemplate in a place, by id. Raises CiError when the call fails."""

def find_snapshot_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    mode: Literal['Interval', 'Average', 'KeyFrame'] | None = None,
    start: float | None = None,
    time_interval: float | None = None,
    count: int | None = None,
    width: int | None = None,
    height: int | None = None,
    ci_param: str | None = None,
    is_check_count: bool | None = None,
    is_check_black: bool | None = None,
    black_level: int | None = None,
    pixel_black_threshold: int | None = None,
    snapshot_out_mode: Literal['OnlySnapshot', 'OnlySprite', 'SnapshotAndSprite'] | None = None,
    sprite_snapshot_config: Mapping[str, Any] | None = None,
) -> SnapshotTemplateResult:
    """The one SnapshotTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_snapshot_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[SnapshotTemplateResult]:
    """Every SnapshotTemplate in a place, by id. Raises CiError when the call fails."""

def find_speech_queue(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    queue_id: str | None = None,
    state: Literal['Active', 'Paused'] | None = None,
    max_size: int | None = None,
    max_concurrent: int | None = None,
    name: str | None = None,
    notify_config: Mapping[str, Any] | None = None,
) -> SpeechQueueResult:
    """The one SpeechQueue whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_speech_queues(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[SpeechQueueResult]:
    """Every SpeechQueue in a place, by id. Raises CiError when the call fails."""

def find_speech_recognition_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    engine_model_type: Literal['8k_zh', '8k_zh_s', '8k_en', '16k_zh', '16k_zh_video', '16k_en', '16k_ca', '16k_ja', '16k_zh_edu', '16k_en_edu', '16k_zh_medical', '16k_th', '16k_zh_dialect'] | None = None,
    channel_num: Literal[1, 2] | None = None,
    res_text_format: Literal[0, 1, 2] | None = None,
    filter_dirty: Literal[0, 1, 2] | None = None,
    filter_modal: Literal[0, 1, 2] | None = None,
    convert_num_mode: Literal[0, 1, 3] | None = None,
    speaker_diarization: Literal[0, 1] | None = None,
    speaker_number: int | None = None,
    filter_punc: Literal[0, 1, 2] | None = None,
    output_file_type: Literal['txt', 'srt'] | None = None,
    flash_asr: bool | None = None,
    format: Literal['wav', 'pcm', 'ogg-opus', 'speex', 'silk', 'mp3', 'm4a', 'aac'] | None = None,
    first_channel_only: Literal[0, 1] | None = None,
    word_info: Literal[0, 1, 2] | None = None,
) -> SpeechRecognitionTemplateResult:
    """The one SpeechRecognitionTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_speech_recognition_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[SpeechRecognitionTemplateResult]:
    """Every SpeechRecognitionTemplate in a place, by id. Raises CiError when the call fails."""

def find_super_resolution_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    resolution: Literal['sdtohd', 'hdto4k'] | None = None,
    enable_scale_up: bool | None = None,
    version: Literal['Base', 'Enhance'] | None = None,
) -> SuperResolutionTemplateResult:
    """The one SuperResolutionTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_super_resolution_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[SuperResolutionTemplateResult]:
    """Every SuperResolutionTemplate in a place, by id. Raises CiError when the call fails."""

def find_transcode_pro_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    container: Mapping[str, Any] | None = None,
    video: Mapping[str, Any] | None = None,
    audio: Mapping[str, Any] | None = None,
    trans_config: Mapping[str, Any] | None = None,
    time_interval: Mapping[str, Any] | None = None,
) -> TranscodeProTemplateResult:
    """The one TranscodeProTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_transcode_pro_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[TranscodeProTemplateResult]:
    """Every TranscodeProTemplate in a place, by id. Raises CiError when the call fails."""

def find_transcode_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    container: Mapping[str, Any] | None = None,
    video: Mapping[str, Any] | None = None,
    audio: Mapping[str, Any] | None = None,
    trans_config: Mapping[str, Any] | None = None,
    time_interval: Mapping[str, Any] | None = None,
    audio_mix: Sequence[Mapping[str, Any]] | None = None,
) -> TranscodeTemplateResult:
    """The one TranscodeTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_transcode_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[TranscodeTemplateResult]:
    """Every TranscodeTemplate in a place, by id. Raises CiError when the call fails."""

def find_tts_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    mode: Literal['Asyc', 'Sync'] | None = None,
    codec: Literal['wav', 'mp3', 'pcm'] | None = None,
    voice_type: Literal['ruxue', 'aixiaonan', 'aixiaoxing', 'aixiaocheng', 'aixiaoxue', 'aixiaolu', 'aixiaodong', 'aixiaoliao', 'aixiaoqian', 'aixiaoyang', 'alice'] | None = None,
    volume: float | None = None,
    speed: float | None = None,
) -> TtsTemplateResult:
    """The one TtsTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_tts_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[TtsTemplateResult]:
    """Every TtsTemplate in a place, by id. Raises CiError when the call fails."""

def find_video_montage_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    duration: float | None = None,
    container: Mapping[str, Any] | None = None,
    video: Mapping[str, Any] | None = None,
    audio: Mapping[str, Any] | None = None,
    audio_mix: Sequence[Mapping[str, Any]] | None = None,
) -> VideoMontageTemplateResult:
    """The one VideoMontageTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_video_montage_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[VideoMontageTemplateResult]:
    """Every VideoMontageTemplate in a place, by id. Raises CiError when the call fails."""

def find_video_process_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    color_enhance: Mapping[str, Any] | None = None,
    ms_sharpen: Mapping[str, Any] | None = None,
) -> VideoProcessTemplateResult:
    """The one VideoProcessTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_video_process_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[VideoProcessTemplateResult]:
    """Every VideoProcessTemplate in a place, by id. Raises CiError when the call fails."""

def find_voice_separate_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    audio_mode: Literal['IsAudio', 'IsBackground', 'AudioAndBackground'] | None = None,
    audio_config: Mapping[str, Any] | None = None,
) -> VoiceSeparateTemplateResult:
    """The one VoiceSeparateTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_voice_separate_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[VoiceSeparateTemplateResult]:
    """Every VoiceSeparateTemplate in a place, by id. Raises CiError when the call fails."""

def find_watermark_template(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    template_id: str | None = None,
    name: str | None = None,
    create_time: str | None = None,
    type: Literal['Text', 'Image'] | None = None,
    pos: Literal['TopRight', 'TopLeft', 'BottomRight', 'BottomLeft', 'Left', 'Right', 'Top', 'Bottom', 'Center'] | None = None,
    loc_mode: Literal['Relativity', 'Absolute'] | None = None,
    dx: float | None = None,
    dy: float | None = None,
    start_time: float | None = None,
    end_time: float | None = None,
    slide_config: Mapping[str, Any] | None = None,
    image: Mapping[str, Any] | None = None,
    text: Mapping[str, Any] | None = None,
) -> WatermarkTemplateResult:
    """The one WatermarkTemplate whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_watermark_templates(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[WatermarkTemplateResult]:
    """Every WatermarkTemplate in a place, by id. Raises CiError when the call fails."""

def find_workflow(
    *,
    region: str | None = None,
    bucket: str | None = None,
    id: str | None = None,
    workflow_id: str | None = None,
    name: str | None = None,
    state: Literal['Active', 'Paused'] | None = None,
    dependencies: Mapping[str, Any] | None = None,
    nodes: Mapping[str, Any] | None = None,
    create_time: str | None = None,
) -> WorkflowResult:
    """The one Workflow whose fields equal those given. Raises NoMatch or ManyMatches."""

def list_workflows(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> list[WorkflowResult]:
    """Every Workflow in a place, by id. Raises CiError when the call fails."""

@dataclass(frozen=True)
class BucketServicesResult:
    """The services and settings of a bucket; None what is off."""
    ai_recognition_service: AiRecognitionServiceResult | None
    bucket_binding: BucketBindingResult | None
    document_service: DocumentServiceResult | None
    guetzli_compression: GuetzliCompressionResult | None
    hotlink: HotlinkResult | None
    media_service: MediaServiceResult | None
    origin_protection: OriginProtectionResult | None
    speech_service: SpeechServiceResult | None

def find_bucket_services(
    *,
    region: str | None = None,
    bucket: str | None = None,
) -> BucketServicesResult:
    """The services and settings of a bucket, an attribute for each: what is on as it is, None what is off.
    
    Costs one call each. Raises CiError when a call fails."""
