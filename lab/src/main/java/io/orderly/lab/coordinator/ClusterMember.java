package io.orderly.lab.coordinator;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.api.etcd.MaintenanceGrpc;
import io.orderly.coordinator.api.etcd.StatusRequest;
import io.orderly.coordinator.api.etcd.StatusResponse;
import io.orderly.coordinator.fault.FaultFile;
import io.orderly.lab.fault.ProcessSignal;
import io.orderly.stack.process.ManagedProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A member of a cluster, and its process. */
public final class ClusterMember {

    private static final Duration STATUS_TIMEOUT = Duration.ofMillis(500);

    private final MemberPorts ports;
    private final ManagedProcess process;
    private final ManagedChannel channel;
    private final Optional<FaultFile> faults;

    ClusterMember(MemberPorts ports, ManagedProcess process, ManagedChannel channel, Optional<FaultFile> faults) {
        this.ports = ports;
        this.process = process;
        this.channel = channel;
        this.faults = faults;
    }

    /** From 1. */
    public int number() {
        return ports.number();
    }

    /** The port for gRPC on the loopback interface. */
    public int clientPort() {
        return ports.client();
    }

    public ManagedProcess process() {
        return process;
    }

    /** A connection for single requests, which is shared. */
    public ManagedChannel channel() {
        return channel;
    }

    /** The status that it reports; empty if it does not respond. */
    public Optional<StatusResponse> status() {
        try {
            return Optional.of(MaintenanceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(STATUS_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .status(StatusRequest.getDefaultInstance()));
        } catch (StatusRuntimeException e) {
            return Optional.empty();
        }
    }

    static boolean leads(StatusResponse status) {
        return status.getLeader() == status.getHeader().getMemberId();
    }

    /** Kills its process with SIGKILL; returns when it has exited. */
    public void kill() {
        process.kill();
    }

    /** Starts its process after a kill. */
    public void start() {
        process.start();
    }

    /** @throws io.orderly.stack.process.ProcessFailure if it is not ready in time */
    public void awaitReady(Duration timeout) throws InterruptedException {
        process.awaitReady(timeout);
        channel.resetConnectBackoff();
    }

    /** Suspends its process. */
    public void pause() {
        process.pid().ifPresent(ProcessSignal.STOP::send);
    }

    /** Ends {@link #pause()}. */
    public void resume() {
        process.pid().ifPresent(ProcessSignal.CONTINUE::send);
    }

    /** The faults of its clock and its disk; empty if these cannot be impaired. */
    public Optional<FaultFile> faults() {
        return faults;
    }

    @Override
    public String toString() {
        return ports.name();
    }
}
