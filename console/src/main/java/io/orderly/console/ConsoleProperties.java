package io.orderly.console;

import io.orderly.console.actions.Loopback;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the console reads, and how much of it.
 *
 * @param kafka the bootstrap servers, {@code 127.0.0.1:9092} by default
 * @param services the base URLs of the services
 * @param provider the base URL of the payment provider; none by default, then the page does not show it
 * @param coordinators the base URLs of the REST API of the coordinator's members; none by default, then the page shows none
 * @param faults the base URL of what injects faults, on this machine; none by default, then the page says how to start the system with faults
 * @param pastRecords how many existing records of each partition are read after the start, 200 by default. With more, the page shows older orders,
 *     and the start takes longer
 * @param maxOrders how many orders are kept, 500 by default; older ones are forgotten
 * @param maxMemory about how much memory their messages may occupy, 32 MB by default. It has to fit the heap; with less, fewer orders are kept if
 *     their messages are large
 * @param maxOrdersPerSecond how many new orders per second the pages follow, 50 by default. With more, pages show more, and browsers have more to do
 * @param maxStreams how many pages may be open, 100 by default; further ones get a 503
 */
@Validated
@ConfigurationProperties("orderly.console")
record ConsoleProperties(
        @DefaultValue("127.0.0.1:9092") @NotBlank String kafka,
        @DefaultValue @Valid Services services,
        @Nullable URI provider,
        @DefaultValue List<@NotNull URI> coordinators,
        @Nullable URI faults,
        @DefaultValue("200") @Min(0) int pastRecords,
        @DefaultValue("500") @Min(1) int maxOrders,
        @DefaultValue("32MB") DataSize maxMemory,
        @DefaultValue("50") @Min(1) int maxOrdersPerSecond,
        @DefaultValue("100") @Min(1) int maxStreams) {

    ConsoleProperties {
        if (faults != null && (faults.getHost() == null || !Loopback.isName(faults.getHost()))) {
            throw new IllegalArgumentException("orderly.console.faults must be a URL of this machine");
        }
    }

    /** The base URLs of the services, or of the gateway in front of their instances; by default those of {@code ./run}. */
    record Services(
            @DefaultValue("http://127.0.0.1:8080") @NotNull URI order,
            @DefaultValue("http://127.0.0.1:8081") @NotNull URI inventory,
            @DefaultValue("http://127.0.0.1:8082") @NotNull URI payment,
            @DefaultValue("http://127.0.0.1:8083") @NotNull URI shipping) {}
}
