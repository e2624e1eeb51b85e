package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.store.StoreCommand.AsUser;
import io.orderly.coordinator.store.StoreCommand.ChangeAuth;
import io.orderly.coordinator.store.StoreCommand.Compact;
import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.DescribeMember;
import io.orderly.coordinator.store.StoreCommand.ForgetMember;
import io.orderly.coordinator.store.StoreCommand.InSession;
import io.orderly.coordinator.store.StoreCommand.LeaseCheckpoint;
import io.orderly.coordinator.store.StoreCommand.LeaseExpire;
import io.orderly.coordinator.store.StoreCommand.LeaseGrant;
import io.orderly.coordinator.store.StoreCommand.LeaseKeepAlive;
import io.orderly.coordinator.store.StoreCommand.LeaseRevoke;
import io.orderly.coordinator.store.StoreCommand.LeaseTakeOver;
import io.orderly.coordinator.store.StoreCommand.PublishMember;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.RaiseTimestampBound;
import io.orderly.coordinator.store.StoreCommand.SessionClose;
import io.orderly.coordinator.store.StoreCommand.SessionOpen;
import io.orderly.coordinator.store.StoreCommand.SetLimits;
import io.orderly.coordinator.store.StoreCommand.Txn;

/** Binary form of commands, for the log. */
public final class CommandCodec {

    /** The newest that this program reads. A command is written under the first version that has its kind. */
    static final int VERSION = 3;

    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int TXN = 3;
    private static final int COMPACT = 4;
    private static final int LEASE_GRANT = 5;
    private static final int LEASE_REVOKE = 6;
    private static final int LEASE_KEEP_ALIVE = 7;
    private static final int LEASE_TAKE_OVER = 8;
    private static final int LEASE_CHECKPOINT = 9;
    private static final int LEASE_EXPIRE = 10;
    private static final int SESSION_OPEN = 11;
    private static final int SESSION_CLOSE = 12;
    private static final int IN_SESSION = 13;
    private static final int RAISE_TIMESTAMP_BOUND = 14;
    private static final int SET_LIMITS = 15;

    // since version 2

    private static final int DESCRIBE_MEMBER = 16;
    private static final int FORGET_MEMBER = 17;

    // since version 3

    private static final int PUBLISH_MEMBER = 18;
    private static final int CHANGE_AUTH = 19;
    private static final int AS_USER = 20;

    private CommandCodec() {}

    public static byte[] encode(StoreCommand command) {
        Encoder to = new Encoder().octet(versionOf(command));
        write(command, to);
        return to.take();
    }

    /**
     * @throws MalformedException if the bytes are no command
     * @throws NewerFormatException if a newer program wrote them
     */
    public static StoreCommand decode(byte[] bytes) {
        try {
            Decoder from = new Decoder(bytes);
            int version = from.octet();
            if (version > VERSION) {
                throw new NewerFormatException("a command", version, VERSION);
            }
            if (version < 1) {
                throw new MalformedException("version " + version);
            }
            StoreCommand command = read(from);
            if (versionOf(command) > version) {
                throw new MalformedException("version %d has no such command".formatted(version));
            }
            from.end();
            return command;
        } catch (IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether a newer program wrote a command, so that this one can neither decode nor skip it. */
    public static boolean isNewer(byte[] command) {
        return command.length > 0 && Byte.toUnsignedInt(command[0]) > VERSION;
    }

    /** An older program stops at an unknown version. It would skip an unknown kind, and its state would diverge. */
    private static int versionOf(StoreCommand command) {
        return switch (command) {
            case DescribeMember _, ForgetMember _ -> 2;
            case PublishMember _, ChangeAuth _, AsUser _ -> 3;
            case InSession request -> versionOf(request.command());
            default -> 1;
        };
    }

    private static void write(StoreCommand command, Encoder to) {
        switch (command) {
            case Put put -> OperationCodec.write(put, to.octet(PUT));
            case DeleteRange delete -> OperationCodec.write(delete, to.octet(DELETE));
            case Txn txn -> OperationCodec.write(txn, to.octet(TXN));
            case Compact(long revision) -> to.octet(COMPACT).number(revision);
            case LeaseGrant(long id, long ttlMillis) ->
                to.octet(LEASE_GRANT).fixed(id).number(ttlMillis);
            case LeaseRevoke(long id) -> to.octet(LEASE_REVOKE).fixed(id);
            case LeaseKeepAlive(var ids) -> {
                to.octet(LEASE_KEEP_ALIVE).number(ids.size());
                ids.forEach(to::fixed);
            }
            case LeaseTakeOver(Ballot clock) -> write(clock, to.octet(LEASE_TAKE_OVER));
            case LeaseCheckpoint(Ballot clock, var leases) -> {
                write(clock, to.octet(LEASE_CHECKPOINT));
                to.number(leases.size());
                leases.forEach(one -> to.fixed(one.id()).number(one.remainingMillis()));
            }
            case LeaseExpire(Ballot clock, var ids) -> {
                write(clock, to.octet(LEASE_EXPIRE));
                to.number(ids.size());
                ids.forEach(to::fixed);
            }
            case SessionOpen(long lease) -> to.octet(SESSION_OPEN).fixed(lease);
            case SessionClose(long lease) -> to.octet(SESSION_CLOSE).fixed(lease);
            case InSession(long lease, long sequence, long acknowledgedBelow, StoreCommand inner) -> {
                to.octet(IN_SESSION).fixed(lease).number(sequence).number(acknowledgedBelow);
                write(inner, to);
            }
            case RaiseTimestampBound(long bound) ->
                to.octet(RAISE_TIMESTAMP_BOUND).fixed(bound);
            case DescribeMember(MemberDescription description) -> description.write(to.octet(DESCRIBE_MEMBER));
            case PublishMember(MemberDescription description) -> description.write(to.octet(PUBLISH_MEMBER));
            case ForgetMember(NodeId id) -> to.octet(FORGET_MEMBER).number(id.value());
            case SetLimits(StoreLimits limits) -> CommonCodec.write(limits, to.octet(SET_LIMITS));
            case ChangeAuth(AuthChange change) -> AuthCodec.write(change, to.octet(CHANGE_AUTH));
            case AsUser(Caller caller, StoreCommand inner) -> {
                AuthCodec.write(caller, to.octet(AS_USER));
                write(inner, to);
            }
        }
    }

    private static StoreCommand read(Decoder from) {
        int kind = from.octet();
        return switch (kind) {
            case PUT -> OperationCodec.readPut(from);
            case DELETE -> OperationCodec.readDelete(from);
            case TXN -> OperationCodec.readTxn(from, 0);
            case COMPACT -> new Compact(from.number());
            case LEASE_GRANT -> new LeaseGrant(from.fixed(), from.number());
            case LEASE_REVOKE -> new LeaseRevoke(from.fixed());
            case LEASE_KEEP_ALIVE -> new LeaseKeepAlive(from.list(from::fixed));
            case LEASE_TAKE_OVER -> new LeaseTakeOver(readBallot(from));
            case LEASE_CHECKPOINT ->
                new LeaseCheckpoint(
                        readBallot(from), from.list(() -> new LeaseCheckpoint.Remaining(from.fixed(), from.number())));
            case LEASE_EXPIRE -> new LeaseExpire(readBallot(from), from.list(from::fixed));
            case SESSION_OPEN -> new SessionOpen(from.fixed());
            case SESSION_CLOSE -> new SessionClose(from.fixed());
            case IN_SESSION -> readInSession(from);
            case RAISE_TIMESTAMP_BOUND -> new RaiseTimestampBound(from.fixed());
            case SET_LIMITS -> new SetLimits(CommonCodec.readLimits(from));
            case DESCRIBE_MEMBER -> new DescribeMember(MemberDescription.read(from));
            case PUBLISH_MEMBER -> new PublishMember(MemberDescription.read(from));
            case FORGET_MEMBER -> new ForgetMember(MemberDescription.readId(from));
            case CHANGE_AUTH -> new ChangeAuth(AuthCodec.read(from));
            case AS_USER -> readAsUser(from);
            default -> throw new MalformedException("%d is no kind of command".formatted(kind));
        };
    }

    private static InSession readInSession(Decoder from) {
        long lease = from.fixed();
        long sequence = from.number();
        long acknowledgedBelow = from.number();
        if (from.peek() == IN_SESSION || from.peek() == AS_USER) {
            // checked before the recursion
            throw new MalformedException("a session or a caller within a session");
        }
        return new InSession(lease, sequence, acknowledgedBelow, read(from));
    }

    private static AsUser readAsUser(Decoder from) {
        Caller caller = AuthCodec.readCaller(from);
        if (from.peek() == AS_USER) {
            throw new MalformedException("a caller within a caller");
        }
        return new AsUser(caller, read(from));
    }

    static void write(Ballot ballot, Encoder to) {
        to.number(ballot.round()).number(ballot.node());
    }

    static Ballot readBallot(Decoder from) {
        return new Ballot(from.number(), CommonCodec.readInt(from));
    }
}
