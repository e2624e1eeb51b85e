package io.orderly.coordinator.store;

import java.util.List;

/**
 * One step of the map: what a command changed, all at once.
 *
 * @param number one above that of the revision before
 * @param events in the order of the operations that caused them, and by key where one operation caused several; at least one
 */
public record Revision(long number, List<KeyEvent> events) {}
