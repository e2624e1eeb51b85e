package io.orderly.lab.evidence;

import java.util.List;

/**
 * The records on the topics of order events and dead letters.
 *
 * @param events the published events of each order
 * @param deadRecords the records on the dead-letter topics
 * @param foreignRecords records on these topics that were not written by a service
 */
record TopicRecords(PublishedEvents events, List<DeadLetterRecord> deadRecords, ForeignRecords foreignRecords) {}
