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

/** Prints order events as they come, until Ctrl-C. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Follows what happens to orders, on the topic order.events; one line an event.")
final class EventsCommand implements Callable<Integer> {

    /** Their lines are held in memory until all are sorted. */
    private static final int PAST_EVENTS = 10_000;

    @Option(
            names = "--from-beginning",
            description = "show the events of the past first, in the order of their hybrid times; "
                    + "at most the newest " + PAST_EVENTS)
    private boolean fromBeginning;

    @Option(names = "--order", paramLabel = "<id>", description = "show the events of this order only")
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
                System.out.println("Following new events; Ctrl-C ends it.");
            }
            while (!System.out.checkError()) { // a closed pipe, as in ./run events | head
                events.poll(event -> {
                    if (isWanted(event)) {
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
            if (isWanted(event)) {
                past.add(EventTime.of(event), line.of(event));
            }
        });
        if (past.leftOut() > 0) {
            System.out.printf("%d older events are left out.%n", past.leftOut());
        }
        past.lines().forEach(System.out::println);
        System.out.println("These are the events up to now. Following new ones; Ctrl-C ends it.");
    }

    private boolean isWanted(ConsumerRecord<String, byte[]> event) {
        return order == null || order.equals(event.key());
    }
}
