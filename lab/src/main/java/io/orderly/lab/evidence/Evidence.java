package io.orderly.lab.evidence;

import java.util.List;
import java.util.Map;

/**
 * The state of a system after a run.
 *
 * @param clients the requests of its clients and their responses
 * @param messaging the messaging tables of the services, by the name of the database
 * @param events the published events of each order
 * @param deadRecords the records on the dead-letter topics
 * @param foreignRecords records on these topics that were not written by a service
 * @param book the payment provider's book
 * @param preparedTransactions the ids of prepared transactions that are neither committed nor rolled back
 */
public record Evidence(
        ClientRequests clients,
        OrderRows orders,
        StockRows stock,
        PaymentRows payments,
        ShipmentRows shipping,
        Map<String, MessagingRows> messaging,
        PublishedEvents events,
        List<DeadLetterRecord> deadRecords,
        ForeignRecords foreignRecords,
        List<BookLine> book,
        List<String> preparedTransactions) {}
