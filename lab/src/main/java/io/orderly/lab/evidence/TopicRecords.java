package io.orderly.lab.evidence;

import java.util.List;

/**
 * The records on the topics that are evidence.
 *
 * @param facts what was published about each order
 * @param deadRecords what services have put on the dead-letter topics
 * @param foreignRecords what no service has written, on any of these topics
 */
record TopicRecords(PublishedEvents events, List<DeadLetterRecord> deadRecords, ForeignRecords foreignRecords) {}
