package io.orderly.kit.members;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this instance takes part in the gossip of all instances.
 *
 * @param enabled whether it does; without it there is no socket, no endpoint and no metric
 * @param cluster the name of the system; members of other clusters are not seen, and do not see this one
 * @param instance distinguishes the instances of a service: the id of the member is the name of the service, a hyphen and this. With a fixed
 *     one a restarted instance takes the place of the one before it; of two living processes with one id, the later one does not start. Null
 *     for a random one at each start, so that instances that crashed are listed as dead until they are forgotten
 * @param bindHost the address to receive messages at; null for that of the web server. With a wildcard, every network interface is reachable
 * @param bindPort the UDP port to receive messages at; null for the number of the web server's port, 0 for a free one, which no other member
 *     can have as a seed
 * @param advertisedHost the host at which other members reach this one, for messages and requests; resolved once, at the start. Null for the
 *     bound address or, if that is a wildcard, for the address of the host's name. With an address that others cannot reach, they see this
 *     instance as dead
 * @param advertisedPort the UDP port at which other members reach this one; null for the bound one. Messages have to arrive from the advertised
 *     address, so it cannot be one that a router translates
 * @param url the base URL at which other members send requests to this one; null for {@code http}, the advertised host and the web server's port
 * @param seeds {@code host:port} of members, to find the others by; the own address may be among them. Members that cannot reach each
 *     other through any seed do not know each other. Names are resolved repeatedly
 * @param period how often this instance probes another one; must be the same for all. Shorter: crashes are seen sooner, at the price of more
 *     messages. A load is announced once per period at most
 * @param joinTimeout how long a start waits for another member that knows whether a live process has the id of this one, which then does not
 *     start. It waits this long only if no seed answers, or another process with the id may live. Shorter: the first instances start sooner,
 *     and one with the id of another is more often found only later, when it is no member but serves requests. 0 does not wait
 */
@Validated
@ConfigurationProperties("orderly.members")
record MembersProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("orderly") @Pattern(regexp = NAME) String cluster,

        @Nullable @Pattern(regexp = NAME) String instance,

        @Nullable @Size(min = 1) String bindHost,
        @Nullable @Min(0) @Max(PORT_MAX) Integer bindPort,

        @Nullable @Size(min = 1) String advertisedHost,
        @Nullable @Min(1) @Max(PORT_MAX) Integer advertisedPort,

        @Nullable URI url,

        @DefaultValue List<@Pattern(regexp = ".+:[0-9]{1,5}", message = "must be host:port") String> seeds,
        @DefaultValue("1s") @DurationMin(millis = 10) Duration period,
        @DefaultValue("3s") @DurationMin(millis = 0) Duration joinTimeout) {

    private static final String NAME = "[A-Za-z0-9._:-]{1,64}";
    private static final int PORT_MAX = 65_535;
}
