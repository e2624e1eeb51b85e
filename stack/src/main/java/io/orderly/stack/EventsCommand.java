package io.orderly.stack;

import io.orderly.stack.events.EventFollower;
import io.orderly.stack.events.EventLine;
import io.orderly.stack.events.EventTime;
import io.orderly.stack.events.RecentEvents;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./run events}: prints order events as they arrive, until Ctrl-C. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Follows the order events on the topic order.events; prints one line per event.")
final class EventsCommand implements Callable<Integer> {

    /** Their lines are kept in memory until all are sorted. */
    private static final int PAST_EVENTS = 10_000;

    @Option(
            names = "--from-beginning",
            description =
                    "show past events first, sorted by their hybrid timestamps; " + "at most the newest " + PAST_EVENTS)
    private boolean fromBeginning;

    @Option(names = "--order", paramLabel = "<id>", description = "show only the events of this order")
    private @Nullable String order;

    @Option(names = Ports.KAFKA_OPTION, paramLabel = "<port>", defaultValue = "9092", description = Ports.DESCRIPTION)
    private int kafkaPort;

    private final EventLine line = new EventLine(ZoneId.systemDefault());

    @Override
    public Integer call() {
        try (EventFollower events = new EventFollower(kafkaPort)) {
            if (fromBeginning) {
                showPast(events);
            } else {
                events.skipPast();
                System.out.println("Following new events; press Ctrl-C to stop.");
            }
            while (!System.out.checkError()) { // a closed pipe, as in ./run events | head
                events.poll(event -> {
                    if (matches(event)) {
                        System.out.println(line.of(event));
                    }
                });
            }
        }
        return 0;
    }

    private void showPast(EventFollower events) {
        var past = new RecentEvents(PAST_EVENTS);
        events.readPast(event -> {
            if (matches(event)) {
                past.add(EventTime.of(event), line.of(event));
            }
        });
        if (past.leftOut() > 0) {
            System.out.printf("%d older events were omitted.%n", past.leftOut());
        }
        past.lines().forEach(System.out::println);
        System.out.println("End of past events. Following new events; press Ctrl-C to stop.");
    }

    private boolean matches(ConsumerRecord<String, byte[]> event) {
        return order == null || order.equals(event.key());
    }
}
