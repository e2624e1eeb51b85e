package io.orderly.stack;

import io.orderly.stack.coordinator.Coordinators;
import io.orderly.stack.coordinator.LeaderLossCheck;
import io.orderly.stack.order.OrderClient;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Supervisor;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code ./run --check} checks of a running system: that services see each other, and what happens without the processes that the system can
 * do without.
 *
 * @param customer who places the orders of the checks
 * @param product that is ordered
 */
record SystemCheck(
        Supervisor system,
        Topology topology,
        Coordinators coordinators,
        Ports ports,
        RunExtension extension,
        String customer,
        String product) {

    private static final Duration MEMBERS_TIMEOUT = Duration.ofMinutes(1);

    /** Until another process has taken over, on a machine that starts the killed one at the same time. */
    private static final Duration ORDER_TIMEOUT = Duration.ofMinutes(3);

    /**
     * Runs all checks that the number of processes permits.
     *
     * @param out gets what was found
     * @throws ProcessFailure the first failure
     */
    void run(PrintStream out) throws InterruptedException {
        List<ServiceInstance> instances = topology.instances();
        List<String> memberIds =
                instances.stream().map(ServiceInstance::memberId).toList();
        out.printf("%n%s", MembersCommand.client(ports).awaitAlive(memberIds, MEMBERS_TIMEOUT));

        LeaderLossCheck leaderLoss = new LeaderLossCheck(system, coordinators);
        OrderClient client = new OrderClient(Topology.url(ports.order), ORDER_TIMEOUT);
        boolean hasSeveralInstances = instances.size() > Topology.SERVICES.size();
        boolean hasSeveralBrokers = topology.brokers().names().size() > 1;
        if (hasSeveralInstances) {
            out.printf(
                    "%n%s", new InstanceLossCheck(client, customer, product).run(lastOrderService(), leaderLoss::run));
        } else {
            out.printf("%n%s", leaderLoss.run());
        }
        if (hasSeveralBrokers) {
            out.printf("%n%s", new BrokerLossCheck(client, customer, product).run(system, topology.brokers()));
        }
        if (hasSeveralInstances) {
            out.printf("%n%s", new RollingRestartCheck(client, customer, product).run(replicated(hasSeveralBrokers)));
        }
        if (hasSeveralInstances || hasSeveralBrokers) {
            out.printf("%n%s", extension.audit(ports));
        }
    }

    private ManagedProcess lastOrderService() {
        return system.process(topology.instances().stream()
                .filter(instance -> instance.service().name().equals(Topology.ORDER))
                .map(ServiceInstance::processName)
                .reduce((_, later) -> later)
                .orElseThrow());
    }

    /** The processes of which others of the same kind run. */
    private List<ManagedProcess> replicated(boolean brokers) {
        return Stream.of(
                        topology.instances().stream().map(ServiceInstance::processName),
                        coordinators.members().stream(),
                        brokers ? topology.brokers().names().stream() : Stream.<String>empty())
                .flatMap(names -> names)
                .map(system::process)
                .toList();
    }
}
