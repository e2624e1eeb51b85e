package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.NodeId;
import java.util.List;
import java.util.stream.Stream;

/**
 * A change of the replicated state, as it is in the log. It is answered by a {@link StoreResponse}: by {@link
 * StoreResponse.Refused} if it has had no effect.
 *
 * <p>The lists are copied, and times are in milliseconds of monotonic time.
 */
public sealed interface StoreCommand {

    /** Whether it adds data of a client. Nothing like that is accepted while a disk is nearly full. */
    default boolean addsData() {
        return switch (this) {
            case Put _, LeaseGrant _, SessionOpen _ -> true;
            case Txn txn -> addsData(txn.then()) || addsData(txn.otherwise());
            case InSession(long _, long _, long _, StoreCommand command) -> command.addsData();
            case AsUser(Caller _, StoreCommand command) -> command.addsData();
            case DeleteRange _,
                    Compact _,
                    LeaseRevoke _,
                    LeaseKeepAlive _,
                    LeaseTakeOver _,
                    LeaseCheckpoint _,
                    LeaseExpire _,
                    SessionClose _,
                    RaiseTimestampBound _,
                    SetLimits _,
                    DescribeMember _,
                    PublishMember _,
                    ForgetMember _,
                    ChangeAuth _ -> false;
        };
    }

    private static boolean addsData(List<Operation> operations) {
        return operations.stream()
                .anyMatch(operation -> operation instanceof StoreCommand command && command.addsData());
    }

    // the map

    /**
     * Creates or changes a key.
     *
     * @param lease to attach it to, instead of its previous one; 0 for none
     * @param ignoreValue keep the value; the key must exist, and {@code value} is empty
     * @param ignoreLease keep the lease; the key must exist, and {@code lease} is 0
     * @param returnPrevious whether the response has the previous version
     */
    record Put(Bytes key, Bytes value, long lease, boolean ignoreValue, boolean ignoreLease, boolean returnPrevious)
            implements StoreCommand, Operation {

        public static Put of(Bytes key, Bytes value) {
            return new Put(key, value, 0, false, false, false);
        }

        public static Put of(Bytes key, Bytes value, long lease) {
            return new Put(key, value, lease, false, false, false);
        }
    }

    /** @param returnPrevious answer with what was there before */
    record DeleteRange(KeyRange keys, boolean returnPrevious) implements StoreCommand, Operation {

        public static DeleteRange of(Bytes key) {
            return new DeleteRange(KeyRange.of(key), false);
        }
    }

    /**
     * Operations that take effect together, in one revision. The list to execute is chosen before anything is written, also for nested
     * transactions.
     *
     * @param compares the conditions
     * @param then the operations if all conditions hold
     * @param otherwise the operations if not
     */
    record Txn(List<Compare> compares, List<Operation> then, List<Operation> otherwise)
            implements StoreCommand, Operation {

        public Txn {
            compares = List.copyOf(compares);
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }

        /** Whether neither list writes, so that it need not be in the log. */
        public boolean onlyReads() {
            return Stream.concat(then.stream(), otherwise.stream()).allMatch(operation -> switch (operation) {
                case Operation.Range _ -> true;
                case Txn inner -> inner.onlyReads();
                case Put _, DeleteRange _ -> false;
            });
        }

        /** All keys that it compares or reads, in both lists. */
        Stream<KeyRange> keysRead() {
            Stream<KeyRange> read = Stream.concat(then.stream(), otherwise.stream())
                    .flatMap(operation -> switch (operation) {
                        case Operation.Range range -> Stream.of(range.keys());
                        case Txn inner -> inner.keysRead();
                        case Put _, DeleteRange _ -> Stream.empty();
                    });
            return Stream.concat(compares.stream().map(Compare::keys), read);
        }
    }

    /** Compacts the history: revisions before this one can no longer be read. */
    record Compact(long revision) implements StoreCommand {}

    // leases

    /**
     * @param id chosen at random by the client, and never used before: a command of an old leader about an earlier lease with this
     *     id could otherwise affect this one; not 0
     * @param ttlMillis how long it lives without renewal
     */
    record LeaseGrant(long id, long ttlMillis) implements StoreCommand {}

    /** Ends a lease and deletes the keys that are attached to it. */
    record LeaseRevoke(long id) implements StoreCommand {}

    /** Renews each of these leases to its full time. Leases that have ended are skipped. */
    record LeaseKeepAlive(List<Long> ids) implements StoreCommand {

        public LeaseKeepAlive {
            ids = List.copyOf(ids);
        }
    }

    /**
     * The lease clock of a new leader takes over. Commands of clocks with lower ballots have no effect from now on.
     *
     * @param clock the ballot of its leader
     */
    record LeaseTakeOver(Ballot clock) implements StoreCommand {}

    /**
     * Records the remaining time of leases, so that a later leader does not give them their full time again. No effect unless
     * {@code clock} is the one that took over last.
     */
    record LeaseCheckpoint(Ballot clock, List<Remaining> leases) implements StoreCommand {

        /** @param remainingMillis above zero, and less than was promised before */
        public record Remaining(long id, long remainingMillis) {}

        public LeaseCheckpoint {
            leases = List.copyOf(leases);
        }
    }

    /**
     * Ends expired leases, and deletes the keys attached to them. No effect unless {@code clock} is the one
     * that took over last.
     */
    record LeaseExpire(Ballot clock, List<Long> ids) implements StoreCommand {

        public LeaseExpire {
            ids = List.copyOf(ids);
        }
    }

    // sessions

    /** Opens a session, which lives as long as its lease. An open session is not changed. */
    record SessionOpen(long lease) implements StoreCommand {}

    /** Closes a session, but not its lease. */
    record SessionClose(long lease) implements StoreCommand {}

    /**
     * A command that takes effect once, however often it is sent. A repeated command gets the first response.
     *
     * @param lease of the session
     * @param sequence number of this command; unique in the session, from 1
     * @param acknowledgedBelow the client has received the responses to all its commands with lower numbers and never repeats them
     */
    record InSession(long lease, long sequence, long acknowledgedBelow, StoreCommand command) implements StoreCommand {

        /** @throws IllegalArgumentException if the numbers are not in order, or the command is in a session or of a user itself */
        public InSession {
            if (acknowledgedBelow < 1 || sequence < acknowledgedBelow) {
                throw new IllegalArgumentException(
                        "command %d of a session, acknowledged below %d".formatted(sequence, acknowledgedBelow));
            }
            if (command instanceof InSession || command instanceof AsUser) {
                throw new IllegalArgumentException("a session or a caller within a session");
            }
        }
    }

    // other state

    /** No later leader returns a timestamp up to this bound. A bound that is not above the current one has no effect. */
    record RaiseTimestampBound(long bound) implements StoreCommand {}

    /** Limits are part of the state, so that all nodes refuse the same commands. */
    record SetLimits(StoreLimits limits) implements StoreCommand {}

    /** Replaces the description of a member. */
    record DescribeMember(MemberDescription description) implements StoreCommand {}

    /**
     * Replaces the name and the client URLs of a member. Its peer URLs are used only if none are known: a member that publishes itself may
     * not have applied an acknowledged change of them yet. Whether it becomes a voter does not change.
     */
    record PublishMember(MemberDescription description) implements StoreCommand {}

    /** Deletes the description of a member, if there is one. */
    record ForgetMember(NodeId id) implements StoreCommand {}

    // users

    /** Changes users, roles, or what they may do. */
    record ChangeAuth(AuthChange change) implements StoreCommand {}

    /**
     * A command of a user, executed if the user may execute it when it is applied. While authentication is enabled, a command without a
     * user is refused, unless the members propose it themselves.
     */
    record AsUser(Caller caller, StoreCommand command) implements StoreCommand {

        /** @throws IllegalArgumentException if the command is that of a user already */
        public AsUser {
            if (command instanceof AsUser) {
                throw new IllegalArgumentException("a caller within a caller");
            }
        }
    }
}
