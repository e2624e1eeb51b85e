package io.orderly.coordinator.store;

import java.util.List;

/**
 * A revision of the map: the changes of one command.
 *
 * @param number one above that of the revision before
 * @param events in the order of the operations that caused them, and by key where one operation caused several; at least one
 */
public record Revision(long number, List<KeyEvent> events) {}
