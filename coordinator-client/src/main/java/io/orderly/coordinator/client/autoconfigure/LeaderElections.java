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

    /** Campaigns in an election until the application ends. Has no effect if it campaigns already. */
    public void campaign(String election) {
        elections.computeIfAbsent(election, this::candidate);
    }

    /** The token if this instance leads; also empty if it does not campaign. */
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
                LOG.info("no longer leads {}; its token was {}", name, token);
            }
        });
        election.campaign();
        return election;
    }

    /** Resigns in all elections, before the client is closed. */
    @Override
    public void destroy() {
        elections.values().forEach(LeaderElection::resign);
    }
}
