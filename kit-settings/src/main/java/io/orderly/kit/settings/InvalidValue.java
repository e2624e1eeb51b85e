package io.orderly.kit.settings;

/**
 * A stored value that is ignored.
 *
 * @param revision that wrote it
 * @param reason why it is not valid, with the value
 */
record InvalidValue(long revision, String reason) {}
