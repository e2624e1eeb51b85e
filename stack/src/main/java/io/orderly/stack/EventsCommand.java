package io.orderly.stack;

import io.orderly.stack.events.EventFollower;
import io.orderly.stack.events.EventLine;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints order events as they come, until Ctrl-C. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Follows what happens to orders, on the topic order.events; one line an event.")
final class EventsCommand implements Callable<Integer> {

    @Option(names = "--from-beginning", description = "show the events of the past first")
    private boolean fromBeginning;

    @Option(names = "--order", paramLabel = "<id>", description = "show the events of this order only")
    private @Nullable String order;

    @Option(names = Ports.KAFKA_OPTION, paramLabel = "<port>", defaultValue = "9092", description = Ports.DESCRIPTION)
    private int kafkaPort;

    @Override
    public Integer call() {
        EventLine line = new EventLine(ZoneId.systemDefault());
        try (EventFollower events = new EventFollower(kafkaPort, fromBeginning)) {
            while (!System.out.checkError()) { // a closed pipe, as in ./run events | head
                events.poll(event -> {
                    if (order == null || order.equals(event.key())) {
                        System.out.println(line.of(event));
                    }
                });
            }
        }
        return 0;
    }
}
