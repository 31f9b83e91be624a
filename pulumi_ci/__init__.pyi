"""Generated from the declarations by `pulumi-ci stubs`; do not edit."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Union

import pulumi
from typing_extensions import NotRequired, TypedDict

from pulumi_ci import image as image
from pulumi_ci import workflow as workflow
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

class ClipConfigArgs(TypedDict):
    """How the result is cut into segments; takes effect for `hls` and `dash`."""
    duration: NotRequired[pulumi.Input[float]]
    """Length of a segment."""

class ContainerArgs(TypedDict):
    """The container of the result."""
    format: pulumi.Input[Literal['mp4', 'hls', 'mkv', 'ts', 'flv', 'avi', 'mov', 'dash', 'WebM', 'aac', 'mp3', 'flac', 'amr', 'adts', 'm4a', 'wav']]
    """Format of the container; it decides which codecs are allowed."""
    clip_config: NotRequired[pulumi.Input[ClipConfigArgs]]
    """Segments of `hls` and `dash`."""

class VideoArgs(TypedDict):
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
    """Rotation."""

class AudioArgs(TypedDict):
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
    """How another aspect ratio is brought about."""
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

class TimeIntervalArgs(TypedDict):
    """The part of the source that is processed. Source: 170."""
    start: NotRequired[pulumi.Input[float]]
    """Where it starts, in seconds from the beginning."""
    duration: NotRequired[pulumi.Input[float]]
    """How long it is, in seconds; the rest of the source when left out."""

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

class WorkflowNotifyConfigArgs(TypedDict):
    """Where and when the workflow reports; without it, the settings of the queue hold. Source: 202."""
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
    """The beginning of a workflow: what starts it, and the queues that its nodes wait in."""
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
    """Where they go."""

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
    """Where they go."""

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

class BucketBinding(pulumi.CustomResource):
    """Binds a COS bucket to CI. Unbinding keeps the bucket and its files."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
    ) -> None:
        """region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        adopt: When the object exists already: `never` take it over, only when `identical`, on a name `match`,
          or by its id."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> BucketBinding:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class GuetzliCompression(pulumi.CustomResource):
    """Switches Guetzli compression on for a bucket; it works on the pic domain only."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
    ) -> None:
        """region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        adopt: When the object exists already: `never` take it over, only when `identical`, on a name `match`,
          or by its id."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> GuetzliCompression:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class Hotlink(pulumi.CustomResource):
    """Allows or refuses pictures by the domain of the page that embeds them."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    type: pulumi.Output[str]
    url: pulumi.Output[Any]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        type: pulumi.Input[Literal['white', 'black']],
        url: pulumi.Input[Sequence[pulumi.Input[str]]],
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
    ) -> None:
        """region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        adopt: When the object exists already: `never` take it over, only when `identical`, on a name `match`,
          or by its id.
        type: `white`: only these domains may embed; `black`: all but these. Deleting the resource switches it
          off.
        url: Domains, such as `www.example.com`."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> Hotlink:
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
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
        style_name: pulumi.Input[str] | None = None,
    ) -> None:
        """region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        adopt: When the object exists already: `never` take it over, only when `identical`, on a name `match`,
          or by its id.
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
    category: pulumi.Output[str]
    name: pulumi.Output[str]
    state: pulumi.Output[str]
    notify_config: pulumi.Output[Any]
    on_delete: pulumi.Output[str]
    max_size: pulumi.Output[int]
    max_concurrent: pulumi.Output[int]
    @property
    def queue_id(self) -> pulumi.Output[str]:
        """The server's id, known in previews of updates too."""
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str],
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
        queue_id: pulumi.Input[str] | None = None,
        category: pulumi.Input[Literal['Transcoding', 'SpeedTranscoding']] | None = None,
        state: pulumi.Input[Literal['Active', 'Paused']] | None = None,
        notify_config: pulumi.Input[NotifyConfigArgs] | None = None,
        on_delete: pulumi.Input[Literal['leave', 'restore']] | None = None,
    ) -> None:
        """region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        adopt: When the object exists already: `never` take it over, only when `identical`, on a name `match`,
          or by its id.
        queue_id: Id of the queue; found by `category` when left out and the bucket has one of it.
        category: Which of the bucket's media queues: ordinary (assumed when left out) or speed transcoding.
        name: Name: Chinese characters, letters, digits, `_`, `-`, `*`.
        state: `Paused`: waiting jobs stay where they are, running ones go on.
        notify_config: Where finished jobs are reported; left as it is when not given.
        on_delete: What destroying the resource does to the queue: leave its settings, or restore the ones
          found at first."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> MediaQueue:
        """An existing object by its id `<region>/<bucket>/<id or name>`; it is not managed."""

class OriginProtection(pulumi.CustomResource):
    """Refuses access to original pictures, so that only styles can be fetched."""
    region: pulumi.Output[str]
    bucket: pulumi.Output[str]
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
    ) -> None:
        """region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        adopt: When the object exists already: `never` take it over, only when `identical`, on a name `match`,
          or by its id."""
    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None
    ) -> OriginProtection:
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
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
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
        """region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        adopt: When the object exists already: `never` take it over, only when `identical`, on a name `match`,
          or by its id.
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
        container: pulumi.Input[ContainerArgs],
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        video: pulumi.Input[VideoArgs] | None = None,
        audio: pulumi.Input[AudioArgs] | None = None,
        trans_config: pulumi.Input[TranscodeConfigArgs] | None = None,
        time_interval: pulumi.Input[TimeIntervalArgs] | None = None,
        audio_mix: pulumi.Input[Sequence[pulumi.Input[AudioMixArgs]]] | None = None,
    ) -> None:
        """region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        adopt: When the object exists already: `never` take it over, only when `identical`, on a name `match`,
          or by its id.
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
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        start_time: pulumi.Input[float] | None = None,
        end_time: pulumi.Input[float] | None = None,
        slide_config: pulumi.Input[SlideConfigArgs] | None = None,
        image: pulumi.Input[ImageArgs] | None = None,
        text: pulumi.Input[TextArgs] | None = None,
    ) -> None:
        """region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        adopt: When the object exists already: `never` take it over, only when `identical`, on a name `match`,
          or by its id.
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
    """A workflow. It is paused while it is changed, so uploads of that moment start nothing."""
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
        region: pulumi.Input[str] | None = None,
        bucket: pulumi.Input[str] | None = None,
        adopt: pulumi.Input[str] | None = None,
        name: pulumi.Input[str] | None = None,
        state: pulumi.Input[Literal['Active', 'Paused']] | None = None,
    ) -> None:
        """region: Region of the bucket, such as `ap-beijing`; taken from the stack's `ci:region` when left out.
        bucket: Bucket with its APPID, such as `media-1250000000`; taken from the stack's `ci:bucket` when
          left out.
        adopt: When the object exists already: `never` take it over, only when `identical`, on a name `match`,
          or by its id.
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
