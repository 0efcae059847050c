package dev.atmd.server.store;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What is kept, and for how long.
 *
 * @param window how long a change may wait to be written that nobody asked to be acknowledged
 * @param historyAge older history goes
 * @param historyBytes the oldest history goes when the file is larger
 * @param prompts whether prompts are kept
 * @param redact what is masked beside known forms of secrets; empty masks nothing
 */
public record StoreConfig(
    boolean enabled,
    Duration window,
    Duration historyAge,
    long historyBytes,
    boolean prompts,
    Pattern redact) {}
