package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.ConsensusSettings;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.log.FsyncPolicy;
import io.orderly.coordinator.log.LogSettings;
import io.orderly.coordinator.log.NodeIdentity;
import io.orderly.coordinator.server.ServerSettings;
import io.orderly.coordinator.store.StoreLimits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a member.
 *
 * @param cluster the name of the cluster, the same for all members; those of another one are refused
 * @param id of this member. A member that lost its data folder joins again under a new id
 * @param name for people; {@code coordinator-<id>} if it is not given
 * @param data the folder of this member. It is created at the first start; without it the member is refused by the others
 * @param join whether this member is added to a running cluster, as a learner; otherwise it is one of the initial members
 * @param members the initial members as {@code id=url}, with the URLs where members reach each other; the same for all of them. For a
 *     member that joins: the running members. The URLs are {@code https} if there is TLS between members, and {@code http} otherwise
 * @param peerAddress where this member listens for the others. Without TLS, anything that reaches the address can pose as a member
 * @param peerUrl where the others reach this member; the one in {@code members} if it is not given
 * @param peerRoutes where this member reaches others, as {@code id=host:port}, if that is not what they publish: a tunnel, or a proxy.
 *     Addresses that these members publish later have no effect here
 * @param clientUrl where clients reach this member; it is published. {@code https} if the port for clients has TLS
 * @param heartbeatInterval how often the leader sends heartbeats. A shorter one costs messages
 * @param electionTimeout a leader that sends nothing for this long, and up to twice as long, is replaced. A shorter one treats pauses as
 *     failures; with a longer one, clients wait longer when a leader fails
 * @param diskTimeout a leader whose disk takes longer steps down. A shorter one treats slow disks as failed
 * @param requestTimeout how long a request waits for a leader and its reply. If it is shorter than an election, requests are refused
 *     meanwhile
 * @param maxPendingRequests of clients that are not answered; the next one is refused. More cost memory
 * @param segmentSize of one file of the log. Smaller ones are deleted sooner, and cost several forces each
 * @param snapshotAfterEntries how many entries are applied before the next snapshot is taken. Fewer make starts faster, and cost writing
 * @param shutdownTimeout how long a leader that is stopped tries to transfer its leadership
 * @param storeMaxBytes of keys and values with their history, as {@link StoreLimits#maxBytes()} counts them; then writes are refused. At
 *     most a quarter of the heap: the log, snapshots and requests take memory too, and are limited in proportion. The state begins with it,
 *     so it is part of the identity of the cluster: a member with another value is refused by the others, and a data folder that was
 *     created with another value is refused, too
 * @param diskReserve of free space on the disk of {@code data}. With less, commands that add data are refused, so that deletions,
 *     compaction and what the members need themselves can still be written; a leader transfers its leadership first, if another voter
 *     has space. It should have room for some files of the log. With 0, data is refused only once a write has found no space
 * @param restoreFile a backup, as {@code etcdctl snapshot save} writes it, with which a new cluster begins. Each initial member reads
 *     it when its folder is created, and not after that
 * @param restoreChecksum the SHA-256 at the end of that backup, in hexadecimal digits. It is part of the identity of the cluster: all
 *     members keep it, including those that join later; a folder that was created with another one, or with none, is refused
 * @param stallTimeout after which a turn of the event loop, or a write of the disk, counts as stuck, and the member as not alive. Longer
 *     than temporary pauses
 */
@Validated
@ConfigurationProperties("orderly.coordinator")
public record CoordinatorProperties(
        @DefaultValue("orderly") @NotBlank String cluster,
        @DefaultValue("1") @Min(1) int id,
        @Nullable String name,
        @DefaultValue("data/coordinator") Path data,
        @DefaultValue("false") boolean join,
        @DefaultValue("1=http://127.0.0.1:2380") @NotEmpty List<String> members,
        @DefaultValue("127.0.0.1:2380") @NotBlank String peerAddress,
        @Nullable String peerUrl,
        @DefaultValue({}) List<String> peerRoutes,
        @DefaultValue("http://127.0.0.1:2379") @NotBlank String clientUrl,
        @DefaultValue("50ms") @DurationMin(millis = 1) Duration heartbeatInterval,
        @DefaultValue("300ms") @DurationMin(millis = 10) Duration electionTimeout,
        @DefaultValue("1s") @DurationMin(millis = 10) Duration diskTimeout,
        @DefaultValue("5s") @DurationMin(millis = 100) Duration requestTimeout,
        @DefaultValue("32768") @Min(1) int maxPendingRequests,
        @DefaultValue("64MB") DataSize segmentSize,
        @DefaultValue("100000") @Min(1) @Max(100_000_000) int snapshotAfterEntries,
        @DefaultValue("2s") Duration shutdownTimeout,
        @DefaultValue("512MB") DataSize storeMaxBytes,
        @DefaultValue("128MB") DataSize diskReserve,
        @Nullable Path restoreFile,
        @Nullable String restoreChecksum,
        @DefaultValue("10s") @DurationMin(millis = 100) Duration stallTimeout) {

    /** With less, two large values would fill the store. */
    private static final DataSize LEAST_STORE = DataSize.ofMegabytes(4);

    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MEMBER = Pattern.compile("(\\d{1,9})=(\\S+)");

    /** @throws IllegalArgumentException if two values are inconsistent; the message names them */
    public CoordinatorProperties {
        members = List.copyOf(members);
        peerRoutes = List.copyOf(peerRoutes);
        parseRoutes(peerRoutes);
        Addresses.of(peerAddress);
        List<Member> known = parse(members);
        if (!join && known.stream().noneMatch(member -> member.id().value() == id)) {
            throw new IllegalArgumentException("id %d is not among the initial members %s".formatted(id, members));
        }
        if (peerUrl == null && known.stream().noneMatch(member -> member.id().value() == id)) {
            throw new IllegalArgumentException("peer-url is missing, and members does not name %d".formatted(id));
        }
        if (restoreChecksum != null && !CHECKSUM.matcher(restoreChecksum).matches()) {
            throw new IllegalArgumentException(
                    "restore-checksum '%s' is not 64 hexadecimal digits in lower case".formatted(restoreChecksum));
        }
        if (restoreFile != null && restoreChecksum == null) {
            throw new IllegalArgumentException("restore-checksum of %s is missing".formatted(restoreFile));
        }
        if (electionTimeout.compareTo(heartbeatInterval.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException("election-timeout %s is under three times heartbeat-interval %s"
                    .formatted(electionTimeout, heartbeatInterval));
        }
        if (storeMaxBytes.compareTo(LEAST_STORE) < 0) {
            throw new IllegalArgumentException(
                    "store-max-bytes %s is under %d MB".formatted(storeMaxBytes, LEAST_STORE.toMegabytes()));
        }
        if (diskReserve.isNegative()) {
            throw new IllegalArgumentException("disk-reserve %s is negative".formatted(diskReserve));
        }
    }

    private static List<Member> parse(List<String> members) {
        List<Member> known = new ArrayList<>();
        for (String member : members) {
            Matcher matcher = MEMBER.matcher(member.strip());
            if (!matcher.matches() || Addresses.ofUrl(matcher.group(2)).isEmpty()) {
                throw new IllegalArgumentException("'%s' of members is not id=http://host:port".formatted(member));
            }
            NodeId id = new NodeId(Integer.parseInt(matcher.group(1)));
            known.add(new Member(id, "", List.of(matcher.group(2)), List.of(), false));
        }
        return known;
    }

    private static Map<NodeId, InetSocketAddress> parseRoutes(List<String> routes) {
        Map<NodeId, InetSocketAddress> parsed = new HashMap<>();
        for (String route : routes) {
            Matcher matcher = MEMBER.matcher(route.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'%s' of peer-routes is not id=host:port".formatted(route));
            }
            parsed.put(new NodeId(Integer.parseInt(matcher.group(1))), Addresses.of(matcher.group(2)));
        }
        return parsed;
    }

    /** The addresses of other members that differ from the published ones. */
    Map<NodeId, InetSocketAddress> routes() {
        return parseRoutes(peerRoutes);
    }

    NodeId self() {
        return new NodeId(id);
    }

    /** The known members, including this one as it publishes itself. */
    List<Member> knownMembers() {
        String called = name == null ? "coordinator-" + id : name;
        var self = new Member(self(), called, List.of(ownPeerUrl()), List.of(clientUrl), join);
        List<Member> known = new ArrayList<>(parse(members));
        known.removeIf(member -> member.id().equals(self()));
        known.add(self);
        return known;
    }

    private String ownPeerUrl() {
        return peerUrl != null
                ? peerUrl
                : parse(members).stream()
                        .filter(member -> member.id().equals(self()))
                        .map(member -> member.peerUrls().getFirst())
                        .findFirst()
                        .orElseThrow();
    }

    /** The peer address of this member. */
    InetSocketAddress advertisedAddress() {
        return Addresses.ofUrl(ownPeerUrl())
                .orElseThrow(() -> new IllegalArgumentException("'%s' has no host and port".formatted(ownPeerUrl())));
    }

    /** The members for a new folder. */
    Membership initialMembership() {
        return join
                ? Membership.UNKNOWN
                : Membership.of(parse(members).stream().map(Member::id).toList());
    }

    /**
     * The same on all members. Members with different initial limits would refuse different commands while they replay the same log, so
     * their cluster ids differ. So do those of members with different initial states.
     */
    UUID clusterUuid() {
        String limit = initialLimits().equals(StoreLimits.DEFAULTS) ? "" : "\n" + storeMaxBytes.toBytes();
        String backup = restoreChecksum == null ? "" : "\nrestored from " + restoreChecksum;
        return UUID.nameUUIDFromBytes(
                ("orderly coordinator " + cluster + limit + backup).getBytes(StandardCharsets.UTF_8));
    }

    /** For the headers of responses; above zero. */
    long clusterId() {
        return clusterUuid().getMostSignificantBits() & Long.MAX_VALUE | 1;
    }

    NodeIdentity identity() {
        return new NodeIdentity(clusterUuid(), self());
    }

    LogSettings log() {
        return new LogSettings(segmentSize.toBytes(), LogSettings.DEFAULTS.segmentRecords(), FsyncPolicy.ALWAYS);
    }

    MemberSettings settings() {
        MemberSettings defaults = MemberSettings.DEFAULTS;
        return new MemberSettings(
                consensus(),
                ServerSettings.DEFAULTS.withInitialLimits(initialLimits()),
                defaults.forwarding().withRequestTimeout(requestTimeout),
                defaults.tickInterval(),
                maxPendingRequests,
                defaults.maxPendingBytes(),
                defaults.maxPeerMessages(),
                defaults.maxStepsOnLoop(),
                defaults.maxStepsPerTurn(),
                defaults.maxLargeReads(),
                diskReserve.toBytes());
    }

    private StoreLimits initialLimits() {
        return StoreLimits.DEFAULTS.withMaxBytes(storeMaxBytes.toBytes());
    }

    /** The log since the last snapshot and the undecided commands are in memory too, so that a small store has less of both. */
    private ConsensusSettings consensus() {
        ConsensusSettings defaults = ConsensusSettings.DEFAULTS;
        return new ConsensusSettings(
                heartbeatInterval,
                electionTimeout,
                defaults.resendTimeout(),
                diskTimeout,
                defaults.fetchTimeout(),
                defaults.maxCommandBytes(),
                defaults.maxBatchBytes(),
                defaults.maxBatchEntries(),
                defaults.maxInFlightBatches(),
                defaults.maxUndecidedEntries(),
                Math.clamp(storeMaxBytes.toBytes() / 2, defaults.maxCommandBytes(), defaults.maxUndecidedBytes()),
                defaults.maxWaitingReads(),
                defaults.snapshotChunkBytes(),
                defaults.snapshotChunksInFlight(),
                snapshotAfterEntries,
                Math.min(storeMaxBytes.toBytes(), defaults.snapshotAfterBytes()),
                defaults.retainedEntries(),
                defaults.maxLearnerLag());
    }

    /**
     * Warnings about settings that are allowed and probably a mistake, as sentences.
     *
     * @param maxHeapBytes the maximum heap of this process
     */
    List<String> warnings(long maxHeapBytes) {
        List<String> warnings = new ArrayList<>();
        if (electionTimeout.compareTo(heartbeatInterval.multipliedBy(5)) < 0) {
            warnings.add(
                    "election-timeout %s is under five times heartbeat-interval %s: two late heartbeats depose a leader"
                            .formatted(electionTimeout, heartbeatInterval));
        }
        if (requestTimeout.compareTo(electionTimeout.multipliedBy(4)) < 0) {
            warnings.add(
                    "request-timeout %s is under four times election-timeout %s: requests are refused during elections"
                            .formatted(requestTimeout, electionTimeout));
        }
        if (diskTimeout.compareTo(requestTimeout) >= 0) {
            warnings.add(
                    "disk-timeout %s is not under request-timeout %s: outcomes are unknown before a stalled leader steps down"
                            .formatted(diskTimeout, requestTimeout));
        }
        if (diskTimeout.compareTo(electionTimeout) < 0) {
            warnings.add("disk-timeout %s is under election-timeout %s: a slow fsync deposes a leader"
                    .formatted(diskTimeout, electionTimeout));
        }
        if (!join && members.size() % 2 == 0) {
            warnings.add("%d initial members tolerate no more failures than %d"
                    .formatted(members.size(), members.size() - 1));
        }
        if (storeMaxBytes.toBytes() > maxHeapBytes / 3) {
            warnings.add(
                    "store-max-bytes %d MB exceeds a third of the heap of %d MB: memory may end before writes are refused"
                            .formatted(
                                    storeMaxBytes.toMegabytes(),
                                    DataSize.ofBytes(maxHeapBytes).toMegabytes()));
        }
        if (diskReserve.compareTo(segmentSize) < 0) {
            warnings.add(
                    "disk-reserve %s is under segment-size %s: a disk may be full before data is refused, and a member that ends then does not start again"
                            .formatted(diskReserve, segmentSize));
        }
        if (data.startsWith("/tmp")) {
            warnings.add("data %s may be deleted when the machine starts again".formatted(data));
        }
        return warnings;
    }
}
