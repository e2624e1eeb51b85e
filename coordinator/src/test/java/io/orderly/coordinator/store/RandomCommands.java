package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.store.Compare.Operand;
import io.orderly.coordinator.store.RangeOptions.Bounds;
import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreCommand.Txn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Commands of all kinds, on few keys, leases and sessions, so that they affect each other. */
final class RandomCommands {

    private final RandomGenerator random;
    private final int keys;
    private long revision = 1;

    RandomCommands(RandomGenerator random) {
        this.random = random;
        keys = random.nextInt(2, 40);
    }

    /** @param newestRevision the newest revision of the store that executes the command */
    StoreCommand next(long newestRevision) {
        revision = newestRevision;
        return random.nextInt(4) == 0
                ? new StoreCommand.InSession(lease(), random.nextLong(5, 12), random.nextLong(1, 6), plain())
                : plain();
    }

    private StoreCommand plain() {
        return switch (random.nextInt(30)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> put();
            case 8, 9 -> delete();
            case 10, 11, 12, 13 -> txn(0);
            case 14 -> new StoreCommand.Compact(random.nextLong(revision + 2));
            case 15, 16 -> new StoreCommand.LeaseGrant(lease(), random.nextLong(1_000, 60_000));
            case 17 -> random.nextBoolean() ? new StoreCommand.LeaseRevoke(lease()) : put();
            case 18 -> new StoreCommand.LeaseKeepAlive(list(4, this::lease));
            case 19 -> new StoreCommand.LeaseTakeOver(clock());
            case 20 ->
                new StoreCommand.LeaseCheckpoint(
                        clock(),
                        list(4, () -> new StoreCommand.LeaseCheckpoint.Remaining(lease(), random.nextLong(1, 60_000))));
            case 21 -> new StoreCommand.LeaseExpire(clock(), list(3, this::lease));
            case 22 ->
                random.nextInt(5) == 0 ? new StoreCommand.SessionClose(lease()) : new StoreCommand.SessionOpen(lease());
            case 24, 25, 26 -> new StoreCommand.SessionOpen(lease());
            case 27 -> new StoreCommand.DescribeMember(description());
            case 28 -> new StoreCommand.ForgetMember(node());
            case 29 -> new StoreCommand.PublishMember(description());
            default -> new StoreCommand.RaiseTimestampBound(random.nextLong(1_000));
        };
    }

    private MemberDescription description() {
        return new MemberDescription(node(), text(), list(3, this::text), list(3, this::text), random.nextBoolean());
    }

    private NodeId node() {
        return new NodeId(random.nextInt(1, 8));
    }

    private String text() {
        return "http://\u00e4:" + random.nextInt(20);
    }

    private Ballot clock() {
        return new Ballot(random.nextLong(1, 4), random.nextInt(1, 3));
    }

    private long lease() {
        return random.nextLong(1, 6);
    }

    private Bytes key() {
        int number = random.nextInt(keys);
        return number == 0 ? Bytes.of((byte) 0xff, (byte) 0xff) : Bytes.utf8("k" + number);
    }

    private Bytes value() {
        byte[] value = new byte[random.nextInt(20)];
        random.nextBytes(value);
        return Bytes.of(value);
    }

    private Put put() {
        boolean ignoreValue = random.nextInt(10) == 0;
        boolean ignoreLease = random.nextInt(10) == 0;
        return new Put(
                key(),
                ignoreValue ? Bytes.EMPTY : value(),
                ignoreLease || random.nextBoolean() ? 0 : lease(),
                ignoreValue,
                ignoreLease,
                random.nextBoolean());
    }

    private DeleteRange delete() {
        return new DeleteRange(random.nextBoolean() ? KeyRange.of(key()) : range(), random.nextBoolean());
    }

    private KeyRange range() {
        return switch (random.nextInt(5)) {
            case 0 -> KeyRange.of(key());
            case 1 -> KeyRange.from(key());
            case 2 -> KeyRange.startingWith(Bytes.utf8("k" + random.nextInt(4)));
            case 3 -> random.nextInt(4) == 0 ? KeyRange.ALL : KeyRange.startingWith(Bytes.of((byte) 0xff));
            default -> new KeyRange(key(), key());
        };
    }

    Operation.Range read(long newestRevision) {
        revision = newestRevision;
        return new Operation.Range(
                range(),
                new RangeOptions(
                        random.nextBoolean() ? 0 : random.nextLong(revision + 2),
                        random.nextLong(4),
                        random.nextBoolean() ? Sort.BY_KEY : new Sort(any(Sort.Field.values()), random.nextBoolean()),
                        any(RangeOptions.Detail.values()),
                        bounds(),
                        bounds()));
    }

    private Bounds bounds() {
        return random.nextInt(4) == 0
                ? new Bounds(random.nextLong(revision + 1), random.nextLong(revision + 1))
                : Bounds.NONE;
    }

    private Txn txn(int depth) {
        return new Txn(list(3, this::compare), list(5, () -> operation(depth)), list(4, () -> operation(depth)));
    }

    private Operation operation(int depth) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> put();
            case 5 -> delete();
            case 6, 7, 8 -> read(revision);
            default -> depth < 3 ? txn(depth + 1) : put();
        };
    }

    private Compare compare() {
        Operand operand = switch (random.nextInt(5)) {
            case 0 -> new Operand.Version(random.nextLong(3));
            case 1 -> new Operand.CreateRevision(random.nextLong(revision + 1));
            case 2 -> new Operand.ModRevision(random.nextLong(revision + 1));
            case 3 -> new Operand.Value(value());
            default -> new Operand.Lease(random.nextLong(4));
        };
        return new Compare(
                random.nextInt(4) == 0 ? range() : KeyRange.of(key()), any(Compare.Relation.values()), operand);
    }

    private <T> T any(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> List<T> list(int max, Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        int size = random.nextInt(max);
        for (int i = 0; i < size; i++) {
            elements.add(element.get());
        }
        return elements;
    }
}
