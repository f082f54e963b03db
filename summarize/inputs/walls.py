"""Login walls and paywalls: pages whose only text asks the reader to sign in or to pay."""

from collections.abc import Sequence

from summarize.inputs.flow import Block
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern

_MAX_CHARS, _MAX_BLOCKS = 240, 6  # of a block, of all
_CALL = lazy_pattern(
    r"""(?ix)
    \bsubscribe\b | \bsubscribers\ only\b | \b(?:already|be|become)\ an?\ (?:subscriber|member)\b
  | \b(?:log|sign)(?:ged|ed)?[\ -]?in\b | \bregister\ (?:now|to|for)\b | \b(?:create|have)\ an?\ (?:free\ )?account\b
  | \byour\ (?:account|password|subscription|e-?mail\ address)\b | \b(?:unlimited|full)\ access\b | \bfree\ trial\b
  | \b(?:continue|keep)\ reading\b | \bcancel\ any\ ?time\b | \b(?:enable|turn\ on|requires?)\ (?:JavaScript|cookies)\b
  | \byou\ are\ (?:a\ )?(?:human|not\ a\ robot)\b | \bchecking\ your\ browser\b
  | 登录(?:后|查看|阅读|即可|以) | 请(?:先)?(?:登录|注册|订阅|开通|启用) | 订阅(?:后|即可|本刊|会员) | 开通.{0,4}会员
  | 会员(?:专享|可见|可读|登录|免费) | 成为.{0,4}会员 | 付费(?:内容|阅读|文章|后) | 解锁(?:全文|本文|后)? | 单篇购买
  | (?:阅读|查看|解锁)(?:全文|剩余) | 剩余.{0,8}(?:内容|[%％]) | 安全验证 | 不是机器人
    """
)
_SENTENCE = lazy_pattern(r"[^。！？!?.]*\w[^。！？!?.]*(?:[。！？!?]|\.(?!\w)|\Z)")


def is_login_wall(blocks: Sequence[Block]) -> bool:
    """Return whether all text of a page, each sentence of its few short blocks, calls for a login or a subscription."""
    texts = [normalize(block.text) for block in blocks if block.role == "text"]
    if not texts or len(texts) > _MAX_BLOCKS or max(map(len, texts)) > _MAX_CHARS:
        return False
    return all(_CALL.search(sentence) for text in texts for sentence in _SENTENCE.findall(text))
