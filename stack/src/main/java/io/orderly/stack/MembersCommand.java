package io.orderly.stack;

import io.orderly.stack.members.MembersClient;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code ./run members}: prints the instances of all services. */
@Command(
        name = "members",
        mixinStandardHelpOptions = true,
        description =
                "Prints the instances of all services with their state and load, as the first service that responds "
                        + "knows them by gossip.")
final class MembersCommand implements Callable<Integer> {

    @Mixin
    private Ports ports = new Ports();

    @Override
    public Integer call() throws InterruptedException {
        System.out.print(client(ports).members());
        return 0;
    }

    static MembersClient client(Ports ports) {
        return new MembersClient(Stream.of(ports.order, ports.inventory, ports.payment, ports.shipping)
                .map(Topology::url)
                .toList());
    }
}
