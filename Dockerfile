# An image that summarizes texts without a network: docker run --rm -i --network none summarize < article.txt

FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY summarize summarize
RUN pip wheel --no-cache-dir --wheel-dir /wheels '.[archives,latex,pdf,web]'

FROM python:3.13-slim
# jieba's dictionary gets a time in whole seconds, as an image keeps no more: the cache of it is known by that.
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index /wheels/*.whl \
    && touch --date=@0 /usr/local/lib/python3*/site-packages/jieba/dict.txt \
    && useradd --uid 10001 --create-home reader
USER 10001
WORKDIR /texts
# Makes that cache, so that no call has to.
RUN printf '摘要\n' > "$HOME/text" && summarize "$HOME/text" && rm "$HOME/text"
ENTRYPOINT ["summarize"]
