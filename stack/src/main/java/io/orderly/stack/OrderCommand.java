package io.orderly.stack;

import io.orderly.contracts.OrderId;
import io.orderly.stack.order.OrderClient;
import io.orderly.stack.process.ProcessFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what happened to an order. */
@Command(
        name = "order",
        mixinStandardHelpOptions = true,
        description = "Prints what has become of an order, and every step on the way.")
final class OrderCommand implements Callable<Integer> {

    @Parameters(paramLabel = "<id>", description = "the order's id")
    private String id = "";

    @Option(
            names = {Ports.ORDER_OPTION, "--port"},
            paramLabel = "<port>",
            defaultValue = "8080",
            description = "of the order-service; " + Ports.DESCRIPTION)
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
