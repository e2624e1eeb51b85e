package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CommandCodecTest {

    @Property(tries = 2_000)
    void decodesWhatWasEncoded(@ForAll long seed) {
        var commands = new RandomCommands(new SplittableRandom(seed));
        for (int i = 0; i < 20; i++) {
            StoreCommand command = commands.next(1_000);
            assertThat(CommandCodec.decode(CommandCodec.encode(command))).isEqualTo(command);
        }
        StoreCommand limits = new StoreCommand.SetLimits(StoreLimits.DEFAULTS);
        assertThat(CommandCodec.decode(CommandCodec.encode(limits))).isEqualTo(limits);
    }

    @Property(tries = 2_000)
    void decodesOrRejectsAnyBytes(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        byte[] bytes = CommandCodec.encode(new RandomCommands(random).next(1_000));
        for (int i = 0; i < 20; i++) {
            byte[] corrupt = corrupt(bytes, random);
            try {
                StoreCommand understood = CommandCodec.decode(corrupt);
                assertThat(CommandCodec.decode(CommandCodec.encode(understood))).isEqualTo(understood);
            } catch (MalformedException | NewerFormatException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }

    private static byte[] corrupt(byte[] bytes, SplittableRandom random) {
        byte[] corrupt = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> corrupt = Arrays.copyOf(corrupt, random.nextInt(corrupt.length));
            case 1 -> corrupt = Arrays.copyOf(corrupt, corrupt.length + 1);
            case 2 -> corrupt[random.nextInt(corrupt.length)] = (byte) random.nextInt();
            default -> corrupt[random.nextInt(corrupt.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return corrupt;
    }

    @Example
    void truncatedOrExtendedBytesAreNoCommand() {
        var commands = new RandomCommands(new SplittableRandom(1));
        for (int i = 0; i < 200; i++) {
            byte[] bytes = CommandCodec.encode(commands.next(10));
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> CommandCodec.decode(cut)).isInstanceOf(MalformedException.class);
            }
            assertThatThrownBy(() -> CommandCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                    .isInstanceOf(MalformedException.class);
        }
    }

    /** A length prefix may not exceed the bytes that follow. Otherwise a few bytes could allocate much memory. */
    @Example
    void lengthPrefixesAreValidated() {
        byte[] hugeKey = {1, 1, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 'k'};
        byte[] hugeList = {1, 7, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7};
        byte[] endlessNumber = {1, 4, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        for (byte[] bytes : List.of(hugeKey, hugeList, endlessNumber)) {
            assertThatThrownBy(() -> CommandCodec.decode(bytes)).isInstanceOf(MalformedException.class);
        }
    }

    @Example
    void depthIsBounded() {
        StoreCommand.Txn deep = new StoreCommand.Txn(List.of(), List.of(), List.of());
        for (int i = 0; i < 1_000; i++) {
            deep = new StoreCommand.Txn(List.of(), List.of(deep), List.of());
        }
        byte[] bytes = CommandCodec.encode(deep);
        assertThatThrownBy(() -> CommandCodec.decode(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("nested");
        ByteBuffer sessions = ByteBuffer.allocate(1 + 100_000 * 11).put((byte) 1);
        for (int i = 0; i < 100_000; i++) {
            sessions.put((byte) 13).putLong(1).put((byte) 1).put((byte) 1);
        }
        assertThatThrownBy(() -> CommandCodec.decode(sessions.array())).isInstanceOf(MalformedException.class);
    }

    @Example
    void aNewerCommandStopsTheNodeAndAMalformedOneDoesNot() {
        var store = new Store(new StoreListener() {});
        var machine = new StoreMachine(store);
        byte[] newer = CommandCodec.encode(StoreCommand.Put.of(Bytes.utf8("k"), Bytes.EMPTY));
        newer[0] = CommandCodec.VERSION + 1;
        assertThatThrownBy(() -> machine.apply(entry(1, newer)))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("start the newer program");
        long hash = store.now().hash();
        assertThat(machine.apply(entry(1, new byte[] {1, 99})))
                .isEqualTo(new StoreResponse.Refused(1, new StoreRefusal.Malformed("99 is no kind of command")));
        assertThat(machine.apply(entry(2, new byte[0]))).isInstanceOf(StoreResponse.Refused.class);
        assertThat(store.now().hash()).isEqualTo(hash);
        assertThat(machine.apply(new Entry(3, new Ballot(1, 1), new Payload.NoOp())))
                .isEqualTo(new StoreResponse.Done(1));
    }

    /**
     * A program that does not know a kind of command would refuse it, while a newer program executes it, and their states would diverge. So
     * a new kind must be written under a higher version, which stops programs that do not know it. These are the kinds of version 1.
     */
    @Example
    void theKindsOfCommandsOfVersionOneAreFixed() {
        Ballot clock = new Ballot(1, 1);
        List<StoreCommand> kinds = List.of(
                StoreCommand.Put.of(Bytes.utf8("k"), Bytes.EMPTY),
                StoreCommand.DeleteRange.of(Bytes.utf8("k")),
                new StoreCommand.Txn(List.of(), List.of(), List.of()),
                new StoreCommand.Compact(1),
                new StoreCommand.LeaseGrant(1, 1),
                new StoreCommand.LeaseRevoke(1),
                new StoreCommand.LeaseKeepAlive(List.of()),
                new StoreCommand.LeaseTakeOver(clock),
                new StoreCommand.LeaseCheckpoint(clock, List.of()),
                new StoreCommand.LeaseExpire(clock, List.of()),
                new StoreCommand.SessionOpen(1),
                new StoreCommand.SessionClose(1),
                new StoreCommand.InSession(1, 1, 1, new StoreCommand.SessionClose(1)),
                new StoreCommand.RaiseTimestampBound(1),
                new StoreCommand.SetLimits(StoreLimits.DEFAULTS));
        Set<Class<?>> written = new HashSet<>();
        for (int kind = 1; kind <= kinds.size(); kind++) {
            StoreCommand command = kinds.get(kind - 1);
            assertThat(CommandCodec.encode(command)).startsWith(1, kind);
            written.add(command.getClass());
        }
        var description = new MemberDescription(new NodeId(1), "", List.of(), List.of(), false);
        Map<StoreCommand, Integer> later = Map.of(
                new StoreCommand.DescribeMember(description),
                2,
                new StoreCommand.ForgetMember(new NodeId(1)),
                2,
                new StoreCommand.PublishMember(description),
                3,
                new StoreCommand.ChangeAuth(new AuthChange.Disable()),
                3);
        later.forEach((command, version) -> {
            byte[] bytes = CommandCodec.encode(command);
            assertThat(bytes).startsWith(version);
            assertThat(CommandCodec.encode(new StoreCommand.InSession(1, 1, 1, command)))
                    .startsWith(version);
            bytes[0] = (byte) (version - 1);
            assertThatThrownBy(() -> CommandCodec.decode(bytes)).isInstanceOf(MalformedException.class);
            written.add(command.getClass());
        });
        byte[] ofUser = CommandCodec.encode(new StoreCommand.AsUser(new Caller("ada", 2), kinds.getFirst()));
        assertThat(ofUser).startsWith(3);
        ofUser[0] = 2;
        assertThatThrownBy(() -> CommandCodec.decode(ofUser)).isInstanceOf(MalformedException.class);
        written.add(StoreCommand.AsUser.class);
        assertThat(written).isEqualTo(leavesOf(StoreCommand.class));
        assertThat(leavesOf(Operation.class))
                .as("the operations that a transaction may hold, and the version that introduced them")
                .containsExactlyInAnyOrder(
                        Operation.Range.class,
                        StoreCommand.Put.class,
                        StoreCommand.DeleteRange.class,
                        StoreCommand.Txn.class);
    }

    private static Set<Class<?>> leavesOf(Class<?> type) {
        Set<Class<?>> leaves = new HashSet<>();
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                leaves.addAll(leavesOf(permitted));
            }
        } else {
            leaves.add(type);
        }
        return leaves;
    }

    private static Entry entry(long slot, byte[] bytes) {
        return new Entry(slot, new Ballot(1, 1), new Payload.Command(bytes));
    }

    @Example
    void responsesThatAreTooLargeAreNotEncoded() {
        KeyValue large = new KeyValue(Bytes.utf8("k"), Bytes.of(new byte[1_000]), 2, 2, 1, 0);
        StoreResponse answer = new StoreResponse.Range(2, Collections.nCopies(1_000, large), false, 1_000);
        assertThat(ResponseCodec.encode(answer, 10_000)).isNull();
        assertThat(ResponseCodec.decode(ResponseCodec.encode(answer))).isEqualTo(answer);
    }
}
