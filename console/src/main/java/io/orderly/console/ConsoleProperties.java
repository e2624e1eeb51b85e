package io.orderly.console;

import io.orderly.console.actions.Loopback;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
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
 * @param traceUrl the address of a trace in the system that stores traces, with {@code {traceId}} in place of its id, such as
 *     {@code http://127.0.0.1:16686/trace/{traceId}}; http or https. None by default, then the page shows the ids of traces without links. With one, it
 *     links each message to its trace, and a browser that follows a link tells that system the id, and not from which page
 * @param pastRecords how many existing records of each partition are read after the start, 200 by default. With more, the page shows older orders,
 *     and the start takes longer
 * @param maxOrders how many orders are kept, 500 by default; older ones are forgotten
 * @param maxMemory about how much memory their messages may occupy, 32 MB by default. It has to fit the heap; with less, fewer orders are kept if
 *     their messages are large
 * @param maxOrdersPerSecond how many new orders per second the pages follow, 50 by default. With more, pages show more, and browsers have more to do
 * @param maxStreams how many pages may be open, 100 by default; further ones get a 503
 * @param intervals how often the console asks others, and pages hear of it
 */
@Validated
@ConfigurationProperties("orderly.console")
record ConsoleProperties(
        @DefaultValue("127.0.0.1:9092") @NotBlank String kafka,
        @DefaultValue @Valid Services services,
        @Nullable URI provider,
        @DefaultValue List<@NotNull URI> coordinators,
        @Nullable URI faults,
        @Nullable String traceUrl,
        @DefaultValue("200") @Min(0) int pastRecords,
        @DefaultValue("500") @Min(1) int maxOrders,
        @DefaultValue("32MB") DataSize maxMemory,
        @DefaultValue("50") @Min(1) int maxOrdersPerSecond,
        @DefaultValue("100") @Min(1) int maxStreams,
        @DefaultValue @Valid Intervals intervals) {

    private static final String TRACE_ID = "{traceId}";

    ConsoleProperties {
        if (faults != null && (faults.getHost() == null || !Loopback.isName(faults.getHost()))) {
            throw new IllegalArgumentException("orderly.console.faults must be a URL of this machine");
        }
        if (traceUrl != null && !isTemplate(traceUrl)) {
            throw new IllegalArgumentException("orderly.console.trace-url must be an http or https URL with {traceId}");
        }
    }

    private static boolean isTemplate(String url) {
        try {
            URI ofAny = new URI(url.replace(TRACE_ID, "0"));
            return url.contains(TRACE_ID)
                    && ofAny.getHost() != null
                    && String.valueOf(ofAny.getScheme()).matches("https?");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The base URLs of the services, or of the gateway in front of their instances; by default those of {@code ./run}. */
    record Services(
            @DefaultValue("http://127.0.0.1:8080") @NotNull URI order,
            @DefaultValue("http://127.0.0.1:8081") @NotNull URI inventory,
            @DefaultValue("http://127.0.0.1:8082") @NotNull URI payment,
            @DefaultValue("http://127.0.0.1:8083") @NotNull URI shipping) {}

    /**
     * All are at least 100 ms.
     *
     * @param system how often the services, the payment provider and the coordinators are asked for their state, 2 s by default. With less, pages
     *     show a change sooner, and each of these processes has up to three more requests to answer each time
     * @param faults how often the active faults are asked for, 1 s by default. A fault that is shorter can be missed
     * @param heartbeat after how long without an event a page gets a sign of life, 10 s by default. So late the console finds out that a page is gone,
     *     which counts as open until then; and a proxy in between must not close idle connections sooner
     */
    record Intervals(
            @DefaultValue("2s") @DurationMin(millis = 100) Duration system,
            @DefaultValue("1s") @DurationMin(millis = 100) Duration faults,
            @DefaultValue("10s") @DurationMin(millis = 100) Duration heartbeat) {}
}
