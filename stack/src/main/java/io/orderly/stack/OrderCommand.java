package io.orderly.stack;

import io.orderly.contracts.OrderId;
import io.orderly.stack.order.OrderClient;
import io.orderly.stack.process.ProcessFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code ./run order}: prints the timeline of an order. */
@Command(
        name = "order",
        mixinStandardHelpOptions = true,
        description = "Prints the status and the timeline of an order.")
final class OrderCommand implements Callable<Integer> {

    @Parameters(paramLabel = "<id>", description = "the order's id")
    private String id = "";

    @Option(
            names = {Ports.ORDER_OPTION, "--port"},
            paramLabel = "<port>",
            defaultValue = "8080",
            description = "port of the order-service; " + Ports.DESCRIPTION)
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        System.out.print(new OrderClient(Topology.url(port), Duration.ZERO).timeline(order()));
        return 0;
    }

    private OrderId order() {
        try {
            return OrderId.of(id);
        } catch (IllegalArgumentException e) {
            throw new ProcessFailure(e.getMessage(), e);
        }
    }
}
