package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Unions of ranges against a check of each key at which one of the ranges can begin or end: between these nothing changes. */
class KeyRightsPropertyTest {

    private static final List<Bytes> ENDS = Stream.of(
                    "\0", "a", "a\0", "a\0\0", "aa", "ab", "b", "b\0", "ba", "c", "\uffff")
            .map(Bytes::utf8)
            .sorted()
            .toList();

    /** Also where the range of a single key ends. */
    private static final List<Bytes> POINTS =
            ENDS.stream().flatMap(end -> Stream.of(end, end.plus((byte) 0))).toList();

    @Property(tries = 2_000)
    void coversWhatEachKeyOfIsInOneOfTheRanges(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        List<KeyRange> union = Stream.generate(() -> range(random))
                .limit(random.nextInt(5))
                .filter(range -> range.end() == null || range.first().compareTo(range.end()) < 0)
                .toList();
        var rights = new KeyRights(union);
        for (int i = 0; i < 20; i++) {
            KeyRange wanted = range(random);
            boolean hasKeys = wanted.end() == null || wanted.first().compareTo(wanted.end()) < 0;
            List<Bytes> keys =
                    hasKeys ? POINTS.stream().filter(wanted::contains).toList() : List.of(wanted.first());
            assertThat(rights.covers(wanted))
                    .as("%s of %s", wanted, union)
                    .isEqualTo(keys.stream().allMatch(key -> isIn(union, key)));
        }
        NavigableSet<Bytes> some = new TreeSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            some.add(any(random));
        }
        assertThat(rights.coversAll(some))
                .as("%s of %s", some, union)
                .isEqualTo(some.stream().allMatch(key -> isIn(union, key)));
    }

    private static boolean isIn(List<KeyRange> union, Bytes key) {
        return union.stream().anyMatch(range -> range.contains(key));
    }

    private static KeyRange range(SplittableRandom random) {
        Bytes end = random.nextInt(4) == 0 ? null : any(random);
        Bytes first = any(random);
        return random.nextInt(3) == 0 && !first.equals(ENDS.getLast()) ? KeyRange.of(first) : new KeyRange(first, end);
    }

    private static Bytes any(SplittableRandom random) {
        return ENDS.get(random.nextInt(ENDS.size()));
    }

    @Example
    void allKeysAreCoveredFromTheLeastKeyOn() {
        Bytes zero = Bytes.of((byte) 0);
        var all = new KeyRights(List.of(new Permission(Permission.Access.READ, zero, zero).keys()));
        assertThat(all.covers(KeyRange.ALL)).isTrue();
        assertThat(all.covers(KeyRange.from(zero))).isTrue();
        assertThat(new KeyRights(List.of()).covers(KeyRange.ALL)).isFalse();
    }

    @Example
    void aPermissionHasTheRangeThatItsEndsTell() {
        List<Permission> permissions = new ArrayList<>();
        permissions.add(new Permission(Permission.Access.READ, Bytes.utf8("a"), Bytes.EMPTY));
        permissions.add(new Permission(Permission.Access.READ, Bytes.utf8("p/"), Bytes.utf8("p0")));
        permissions.add(new Permission(Permission.Access.READ, Bytes.utf8("x"), Bytes.of((byte) 0)));
        var rights = new KeyRights(permissions.stream().map(Permission::keys).toList());
        assertThat(rights.covers(KeyRange.of(Bytes.utf8("a")))).isTrue();
        assertThat(rights.covers(KeyRange.of(Bytes.utf8("a\0")))).isFalse();
        assertThat(rights.covers(KeyRange.startingWith(Bytes.utf8("p/")))).isTrue();
        assertThat(rights.covers(KeyRange.startingWith(Bytes.utf8("p")))).isFalse();
        assertThat(rights.covers(KeyRange.from(Bytes.utf8("z")))).isTrue();
        assertThat(rights.covers(KeyRange.from(Bytes.utf8("w")))).isFalse();
        assertThat(new Permission(Permission.Access.READ, Bytes.utf8("b"), Bytes.utf8("a")).hasKeys())
                .isFalse();
    }
}
