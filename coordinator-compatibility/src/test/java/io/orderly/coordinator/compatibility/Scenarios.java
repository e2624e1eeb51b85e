package io.orderly.coordinator.compatibility;

import java.util.List;
import java.util.stream.Stream;

/** All scenarios, in the order in which they run. */
final class Scenarios {

    private Scenarios() {}

    static List<Scenario> all() {
        return Stream.of(
                        WatchScenarios.onANewServer(),
                        KvScenarios.all(),
                        TxnScenarios.all(),
                        CompactionScenarios.all(),
                        WatchScenarios.all(),
                        LeaseScenarios.all(),
                        QueueScenarios.all(),
                        AdministrationScenarios.all(),
                        BadInputScenarios.all(),
                        GatewayScenarios.all(),
                        EtcdctlScenarios.all(),
                        JetcdScenarios.all(),
                        NodeScenarios.all(),
                        OwnClientScenarios.all(),
                        AuthScenarios.all(),
                        EtcdctlAuthScenarios.all())
                .flatMap(List::stream)
                .toList();
    }
}
