# The words of a draft are one thing: a sentence changed elsewhere may contradict.
TEXT = "text"
# In the context of an article's own write alone: an object cannot be forged over RPC.
BY_ARTICLE = object()
