package io.orderly.coordinator.client.autoconfigure;

import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.ElectionListener;
import io.orderly.coordinator.client.FencingToken;
import io.orderly.coordinator.client.LeaderElection;
import io.orderly.coordinator.store.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/** The elections in which this application instance is a candidate: those of its {@link LeaderOnly} methods. Thread-safe. */
public final class LeaderElections implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElections.class);

    private final CoordinatorClient client;
    private final Map<String, LeaderElection> elections = new ConcurrentHashMap<>();

    LeaderElections(CoordinatorClient client) {
        this.client = client;
    }

    /** Stands for an election until the application ends. Has no effect if it stands already. */
    public void campaign(String election) {
        elections.computeIfAbsent(election, this::candidate);
    }

    /** The token if this instance leads; empty also if it does not stand. */
    public Optional<FencingToken> token(String election) {
        LeaderElection found = elections.get(election);
        return found == null ? Optional.empty() : found.token();
    }

    private LeaderElection candidate(String name) {
        String value = "pid " + ProcessHandle.current().pid();
        LeaderElection election = client.election(name, Bytes.utf8(value), new ElectionListener() {
            @Override
            public void onElected(FencingToken token) {
                LOG.info("leads {} with token {}", name, token);
            }

            @Override
            public void onLost(FencingToken token) {
                LOG.info("leads {} no more, which it did with token {}", name, token);
            }
        });
        election.campaign();
        return election;
    }

    /** Resigns from all, before the client is closed. */
    @Override
    public void destroy() {
        elections.values().forEach(LeaderElection::resign);
    }
}
