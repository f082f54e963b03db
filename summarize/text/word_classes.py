"""Classes of words that show what a sentence is for: whether it stands by itself, who speaks, what it does.

Words are written as `DocumentTerms` has them: simplified, lower-cased.
"""

from summarize.text.grammar import word_set

# As the first word of a sentence they lean on a sentence before it.
LEANING = word_set(
    "他 她 它 他们 她们 它们 这 那 该 其 此 这些 那些 这个 那个 这种 那种 这样 那样 这里 那里 这时 那时 "
    "这次 那次 这么 那么 这位 那位 这一 那一 这是 那是 这就 那就 此时 此次 对此 其中 其次 而且 但是 但 "
    "不过 然而 因此 所以 于是 另外 此外 同时 然后 接着 比如 例如 譬如 可是 而 并且 还有 也 又 还 因为 "
    "由此 从而 否则 反之 相反 可见 同样 再 再者 甚至 尤其 除此之外 与此同时 不仅如此 换句话说 也就是说 "
    "就是 就 是 像 he she it they this that these those but and so however then also because or there "
    "here such his her their its them which therefore thus moreover furthermore meanwhile instead still "
    "yet otherwise similarly likewise besides plus it's that's he's she's they're there's"
)
# Whoever speaks or is spoken to.
PERSONS = word_set(
    "我 我们 你 你们 您 咱 咱们 俺 本人 i we you me us my our your mine ours yours myself ourselves "
    "yourself i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll"
)
# Words of talk, not of text.
TALK = word_set(
    "吧 啊 呢 嘛 哦 嗯 哈 呀 啦 哎 唉 喂 诶 欸 噢 呃 额 哈哈 哈哈哈 对对 对对对 好的 好吧 是的 对 嘿 行 "
    "行吧 就是说 um uh yeah yes yep okay ok well hmm oh ah mm mhm sure gonna wanna kinda like actually "
    "really right lol haha hey exactly"
)
# Words of greeting, thanks, and of what stands around a text.
COURTESY = word_set(
    "欢迎 大家好 谢谢 感谢 多谢 您好 你好 各位 作者 记者 编辑 转载 关注 点赞 再见 来源 摄影 报名 联系 "
    "联系电话 电话 邮箱 扫码 订阅 投稿 公众号 祝 此致 敬礼 收听 收看 节目 本期 下期 留言 评论区 thank "
    "thanks welcome hello hi dear regards subscribe author photo click bye goodbye sincerely cheers "
    "please email contact newsletter episode listening watching applause laughter"
)
# Words of what follows from the rest.
CONCLUSION = word_set(
    "总之 综上 综上所述 总的来说 总而言之 归根结底 结论 决定 关键 核心 结果 表明 显示 发现 证明 说明 "
    "意味着 也就是说 因此 所以 认为 建议 主张 宣布 通过 最终 最后 目的 旨在 提出 介绍 总结 重点 主要 最 "
    "首次 成为 应该 必须 需要 conclusion conclude concluded overall result results show shows showed "
    "shown found finding findings suggest suggests suggested decided decision agreed key main important "
    "importantly therefore argue argues argued ultimately finally announced propose proposes present "
    "presents aim aims purpose means reveal reveals revealed because should must need needs"
)
