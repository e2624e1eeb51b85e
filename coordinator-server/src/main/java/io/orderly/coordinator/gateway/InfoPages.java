package io.orderly.coordinator.gateway;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.orderly.coordinator.api.etcd.AlarmRequest;
import io.orderly.coordinator.api.etcd.AlarmResponse;
import io.orderly.coordinator.api.etcd.ClusterGrpc;
import io.orderly.coordinator.api.etcd.MaintenanceGrpc;
import io.orderly.coordinator.api.etcd.MemberListRequest;
import io.orderly.coordinator.api.etcd.StatusRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The pages of etcd outside its gateway: {@code /version}, {@code /health} and {@code /metrics}. As with etcd, a member is healthy if no
 * member has raised an alarm and a linearizable read succeeds: that of the members, which requires no user.
 */
final class InfoPages {

    private static final long TIMEOUT_SECONDS = 5;
    private static final String HEALTHY = "{\"health\":\"true\"}";
    private static final String UNHEALTHY = "{\"health\":\"false\"}";

    private final MaintenanceGrpc.MaintenanceFutureStub maintenance;
    private final ClusterGrpc.ClusterFutureStub cluster;
    private final Supplier<String> metrics;

    /** @param metrics in the text format of Prometheus; may take a while */
    InfoPages(Channel services, Supplier<String> metrics) {
        maintenance = MaintenanceGrpc.newFutureStub(services);
        cluster = ClusterGrpc.newFutureStub(services);
        this.metrics = metrics;
    }

    /**
     * @param executor on which the response is given
     * @return whether the page exists
     */
    boolean get(String path, Executor executor, Consumer<FullHttpResponse> response) {
        switch (path) {
            case "/version" -> version(executor, response);
            case "/health" -> health(executor, response);
            case "/metrics" ->
                CompletableFuture.supplyAsync(
                                metrics,
                                task -> Thread.ofVirtual().name("metrics").start(task))
                        .handle((text, failure) -> failure == null ? Responses.metrics(text) : unavailable())
                        .thenAcceptAsync(response, executor);
            default -> {
                return false;
            }
        }
        return true;
    }

    static boolean isPage(String path) {
        return path.equals("/version") || path.equals("/health") || path.equals("/metrics");
    }

    private void version(Executor executor, Consumer<FullHttpResponse> response) {
        var status = maintenance
                .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .status(StatusRequest.getDefaultInstance());
        then(
                status,
                executor,
                answer -> response.accept(Responses.json(HttpResponseStatus.OK, versions(answer.getVersion()))),
                () -> response.accept(unavailable()));
    }

    private static FullHttpResponse unavailable() {
        return Responses.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "not available");
    }

    /** The version of the cluster is that of its members without the patch level. */
    private static String versions(String server) {
        String minor = server.substring(0, Math.max(0, server.lastIndexOf('.')));
        return "{\"etcdserver\":\"%s\",\"etcdcluster\":\"%s.0\"}".formatted(server, minor);
    }

    private void health(Executor executor, Consumer<FullHttpResponse> response) {
        Consumer<Boolean> tell = healthy -> response.accept(
                healthy
                        ? Responses.health(HttpResponseStatus.OK, HEALTHY)
                        : Responses.health(HttpResponseStatus.SERVICE_UNAVAILABLE, UNHEALTHY));
        ListenableFuture<AlarmResponse> alarms = maintenance
                .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .alarm(AlarmRequest.getDefaultInstance());
        then(
                alarms,
                executor,
                answer -> {
                    if (answer.getAlarmsCount() > 0) {
                        tell.accept(false);
                    } else {
                        read(executor, tell);
                    }
                },
                () -> tell.accept(false));
    }

    private void read(Executor executor, Consumer<Boolean> succeeded) {
        var read = cluster.withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .memberList(MemberListRequest.newBuilder().setLinearizable(true).build());
        then(read, executor, _ -> succeeded.accept(true), () -> succeeded.accept(false));
    }

    private static <T> void then(
            ListenableFuture<T> future, Executor executor, Consumer<T> onSuccess, Runnable onFailure) {
        Futures.addCallback(
                future,
                new FutureCallback<T>() {
                    @Override
                    public void onSuccess(T result) {
                        onSuccess.accept(result);
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        onFailure.run();
                    }
                },
                executor);
    }
}
