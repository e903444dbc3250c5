"""A corpus folder of one's own: where its documents go, what its manifest may say, how it is kept."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import CorpusError
from corpus.manifest import MANIFEST
from corpus.reading.files import READABLE
from corpus.upkeep.storing import storing, write_whole

#: So many names are given of a folder that holds something else.
_NAMED = 3

_MANIFEST = """\
# 语料清单：政策文件自己没有写明的事实，写在这里。文件自己写明的（文号、标题、日期、条款）不用写，程序会读出来。
# 清单可以是空的：documents 里没有列入清单的文件照样会读，文件名就是它的编号。
# policy-assistant corpus add 会在末尾添加条目，不动别处；手工修改后用 policy-assistant corpus check 检查。
#
# 每个文件一条，键的含义：
#
# [[document]]
# id = "甲市工业意见-2024"          # 编号：简短，不含空格、/ 和 ~，不能与别的文件相同
# file = "甲市工业意见.txt"         # documents 文件夹里的文件名
# city = "甲市"                     # 城市全称；文件读不出城市，或读错了时写。省级、国家文件不写
# publisher = "甲市人民政府"        # 在哪里公开：发布单位
# published_on = 2024-03-15         # 在哪一天公开，不是成文日期
# source = "https://…"              # 网址或别的来源
# note = "…"                        # 给维护人员看的说明
#
# 文件里的某一份文件缺少标题、日期等时，接在上面的条目之后写。文件只有一份时不用写 number 和 title：
#
# [[document.instrument]]
# number = "甲政发〔2024〕1号"      # 说的是哪一份：按文号，或按标题
# title = "关于……的意见"            # 说的是哪一份；文件没有印标题时，这里写的就是它的标题
# title_inferred = true             # 标题是拟的，文件里没有印
# issuer = "甲市人民政府"           # 发文机关
# date = 2024-03-01                 # 成文日期，文件没有写时才用
# kind = "normative"                # 类型：statute 法律法规、normative 规范性文件、plan 方案规划、notice 通知、
#                                   #   press 新闻发布、other 其他
# repealed_by = "甲政发〔2025〕3号" # 被哪一号文件废止
# repealed_on = 2025-06-01          # 从哪一天起废止
# supersedes = ["甲政发〔2020〕5号"] # 它废止了哪些文件
#
# 文件里的字丢失、损坏，而且知道原来是什么字时，接着写；每一处替换都会报告，引用时注明“据修复文本”：
#
# [[document.replace]]
# from = "高新区?开发区"            # 文件里现在的字，每一处都替换
# to = "高新区·开发区"              # 原来的字
# reason = "间隔号丢失"             # 怎么知道的
"""

_README = """\
# 政策语料

惠企政策助手从这个文件夹里读政策文件，回答时引用的每一条都出自这里。

| 名称 | 内容 |
|---|---|
| `documents/` | 政策文件，保持收集时的原样，不要修改（{formats}） |
| `manifest.toml` | 文件自己没有写明的事实，如城市、来源；每个键的含义写在里面 |
| `.index/` | 索引，由程序建立，删掉会自动重建 |

下面的命令都在这个文件夹里运行；在别处运行时，把 `--corpus .` 换成 `--corpus 这个文件夹的路径`。

## 添加文件

    policy-assistant corpus add 文件 --corpus . --dry-run     # 先看读得对不对，不改动任何东西
    policy-assistant corpus add 文件 --corpus .               # 存入 documents/ 并列入清单

程序会说明读出了什么：文号、标题、发文机关、日期、城市、条款数、效力，修复了哪些字，有什么要注意。
读不出城市时加 `--city 城市`；全部选项见 `policy-assistant corpus add --help`。重复的文件不会再加一次。

## 检查

    policy-assistant corpus list --corpus .          # 有哪些文件
    policy-assistant corpus show 编号 --corpus .     # 一个文件的条款，与原文对照一遍
    policy-assistant corpus check --corpus .         # 有没有漏字，修复和略去了什么

## 使用

    policy-assistant ask "问题" --corpus .
    policy-assistant serve --corpus .

文件有变动时，索引在下次使用时自动重建；也可以先运行 `policy-assistant index build --corpus .`。
要一直用这个文件夹，可以设置环境变量 `POLICY_ASSISTANT_CORPUS`。

## 去掉文件

从 `documents/` 里移走文件，并删去 `manifest.toml` 里它的条目。已废止的文件不必去掉，在清单里写明废止即可。

## 备份

备份 `documents/` 和 `manifest.toml` 就够了；`.index/` 不用备份。
"""


def start_corpus(folder: Path) -> bool:
    """Make a folder, and those above it, a corpus folder; False where it is one already, which changes nothing.

    A folder is one when it has ``documents/``. ``CorpusError`` for a file, and for a folder that holds something else;
    hidden files (of a version control, say) do not count.
    """
    with storing(folder):
        if (folder / "documents").is_dir():
            return False
        if folder.exists() and not folder.is_dir():
            raise CorpusError(f"{folder} 是一个文件，不能作语料文件夹；请另外指定一个新的或空的文件夹。")
        _refuse_foreign(folder)
        folder.mkdir(parents=True, exist_ok=True)
        # What makes it a corpus folder comes last: a start that was broken off can be made again.
        write_whole(folder / "README.md", _README.format(formats="、".join(READABLE)).encode())
        write_whole(folder / MANIFEST, _MANIFEST.encode())
        (folder / "documents").mkdir()
    return True


def _refuse_foreign(folder: Path) -> None:
    own = {"README.md": _README.format(formats="、".join(READABLE)), MANIFEST: _MANIFEST}
    names = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    foreign = [name for name in names if not name.startswith(".") and not _holds(folder / name, own.get(name))]
    if foreign:
        more = f"等 {len(foreign)} 项" if len(foreign) > _NAMED else ""
        raise CorpusError(
            f"{folder} 里已有别的内容（{'、'.join(foreign[:_NAMED])}{more}），不是语料文件夹；"
            "请另外指定一个新的或空的文件夹。"
        )


def _holds(path: Path, text: str | None) -> bool:
    """Whether a file holds just a text: it is left from a start that was broken off."""
    return text is not None and path.is_file() and path.read_bytes() == text.encode()
