package io.orderly.lab.evidence;

import java.util.List;
import java.util.Map;

/**
 * All that is known of a system after a run.
 *
 * @param clients what its clients asked and were answered
 * @param messaging what the services' messaging has left behind, by the name of the database
 * @param facts what was published about each order
 * @param deadRecords what services have put on the dead-letter topics
 * @param foreignRecords what no service has written, on any topic that is evidence
 * @param book the payment provider's
 * @param preparedTransactions the ids of transactions that were prepared and neither committed nor rolled back
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
