package io.orderly.coordinator.etcd;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the server of the etcd API.
 *
 * @param host the address it listens on. Without users and TLS, all clients that reach the address may read and write everything
 * @param port 0 for a free one
 * @param ioThreads that read and write connections. A second one helps if the first is busy and processors are idle; else the requests
 *     that arrive together are spread over more threads and handled in smaller parts, each of which costs more
 * @param maxConnections that are open. A further one takes the place of the oldest that has not sent anything, and is closed if there is
 *     none. More cost memory, up to the limit: an idle one some KB. At most half of the files that the process may open
 * @param keepAliveMinInterval a client that sends pings more often is disconnected
 * @param keepAliveInterval after which a silent connection is asked for a sign of life
 * @param keepAliveTimeout after which a connection without a sign of life is closed
 * @param noLeaderPatience how long there may be no leader before streams that require one are ended. Shorter than an election takes,
 *     it ends them without need
 * @param shutdownGrace how long calls may go on when the server stops
 */
@Validated
@ConfigurationProperties("orderly.coordinator.api")
public record EtcdApiProperties(
        @DefaultValue("127.0.0.1") @NotBlank String host,
        @DefaultValue("2379") @Min(0) @Max(65_535) int port,
        @DefaultValue("1") @Min(1) @Max(64) int ioThreads,
        @DefaultValue("4000") @Min(1) int maxConnections,
        @DefaultValue("5s") Duration keepAliveMinInterval,
        @DefaultValue("2h") Duration keepAliveInterval,
        @DefaultValue("20s") Duration keepAliveTimeout,
        @DefaultValue("3s") Duration noLeaderPatience,
        @DefaultValue("1s") Duration shutdownGrace) {}
