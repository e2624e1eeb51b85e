package io.orderly.stack.coordinator;

import io.orderly.stack.coordinator.EtcdGateway.Status;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The member that says that it leads.
 *
 * @param index of the member, counted from 0
 * @param id of the member in the etcd API
 */
public record CoordinatorLeader(int index, String id) {

    /**
     * Asks all members. A leader that is disconnected from the others may not know yet that another one has followed; of several, that of the
     * highest term is the result.
     *
     * @param clientUrls of the members, in their order
     * @return empty if no member that answers leads
     */
    public static Optional<CoordinatorLeader> find(List<URI> clientUrls) throws InterruptedException {
        return among(clientUrls.stream().map(EtcdGateway::new).toList());
    }

    static Optional<CoordinatorLeader> among(List<EtcdGateway> members) throws InterruptedException {
        Optional<CoordinatorLeader> leader = Optional.empty();
        long highestTerm = -1;
        for (int member = 0; member < members.size(); member++) {
            try {
                Status status = members.get(member).status();
                if (status.leads() && status.term() > highestTerm) {
                    leader = Optional.of(new CoordinatorLeader(member, status.memberId()));
                    highestTerm = status.term();
                }
            } catch (IOException notReachable) {
                // another member may be the leader
            }
        }
        return leader;
    }
}
