package io.orderly.coordinator.compatibility;

import static org.awaitility.Awaitility.await;

import io.orderly.backends.process.LeashedProcess;
import io.orderly.coordinator.api.etcd.Member;
import io.orderly.coordinator.api.etcd.MemberListResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A running cluster of etcd or of the coordinator. */
final class Cluster implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);

    private final List<LeashedProcess> processes;
    private final List<Integer> ports;
    private final Identity identity;

    /**
     * The ids that a server writes into its answers.
     *
     * @param members the names of the members by their ids, in decimal
     * @param addresses the names of the addresses of the members
     */
    record Identity(String cluster, Map<String, String> members, Map<String, String> addresses) {

        String memberName(String id) {
            return members.getOrDefault(id, id);
        }

        /** A text in which the ids of members, in hexadecimal at the start of a line, get their names. */
        String withoutMembers(String text) {
            String replaced = text;
            for (Map.Entry<String, String> member : members.entrySet()) {
                String id = Long.toHexString(Long.parseUnsignedLong(member.getKey()));
                replaced = replaced.replaceAll("(^|\\| )" + id + ", ", "$1" + member.getValue() + ", ");
            }
            return replaced;
        }
    }

    private Cluster(List<LeashedProcess> processes, List<Integer> ports, Identity identity) {
        this.processes = processes;
        this.ports = ports;
        this.identity = identity;
    }

    /**
     * Waits until all members serve requests.
     *
     * @param ports of the members for clients, in the order of the members' names
     * @param peerPorts of the members for each other, in the same order
     */
    static Cluster started(List<LeashedProcess> processes, List<Integer> ports, List<Integer> peerPorts) {
        MemberListResponse members = ports.stream()
                .map(port -> awaitMember(port, ports.size()))
                .toList()
                .getFirst();
        List<Member> sorted = members.getMembersList().stream()
                .sorted(Comparator.comparing(Member::getName))
                .toList();
        Map<String, String> names = IntStream.range(0, sorted.size())
                .boxed()
                .collect(Collectors.toMap(
                        index -> Long.toUnsignedString(sorted.get(index).getID()), index -> "member" + (index + 1)));
        Map<String, String> addresses = new HashMap<>();
        for (int index = 0; index < ports.size(); index++) {
            addresses.put("127.0.0.1:" + ports.get(index), "member" + (index + 1) + ":clients");
            addresses.put("127.0.0.1:" + peerPorts.get(index), "member" + (index + 1) + ":peers");
        }
        return new Cluster(
                processes,
                ports,
                new Identity(Long.toUnsignedString(members.getHeader().getClusterId()), names, addresses));
    }

    private static MemberListResponse awaitMember(int port, int size) {
        try (Wire wire = new Wire(port)) {
            return await().atMost(START)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(
                            () -> {
                                wire.revision();
                                return wire.members();
                            },
                            members -> members.getMembersList().stream()
                                            .filter(member -> !member.getName().isEmpty())
                                            .count()
                                    == size);
        }
    }

    Identity identity() {
        return identity;
    }

    List<Integer> ports() {
        return ports;
    }

    @Override
    public void close() {
        processes.forEach(LeashedProcess::requestStop);
        processes.forEach(LeashedProcess::stop);
    }
}
