package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ranges that contain a key. Ranges of a single key are in a hash table. The others form a treap (Seidel and Aragon,
 * "Randomized Search Trees", 1996) in the order of their first keys, where each node stores the greatest end of the ranges in its
 * subtree; the priorities are hashes of the ranges, so that its shape does not depend on history.
 */
final class RangeIndex<T> {

    private final Map<Bytes, Set<T>> singles = new HashMap<>();
    private @Nullable Node<T> root;

    void add(KeyRange range, T value) {
        if (range.isSingle()) {
            singles.computeIfAbsent(range.first(), _ -> new LinkedHashSet<>()).add(value);
        } else {
            Node<T> node = find(range);
            if (node == null) {
                node = new Node<>(range);
                root = insert(root, node);
            }
            node.values.add(value);
        }
    }

    void remove(KeyRange range, T value) {
        if (range.isSingle()) {
            singles.computeIfPresent(range.first(), (_, values) -> {
                values.remove(value);
                return values.isEmpty() ? null : values;
            });
        } else {
            Node<T> node = find(range);
            if (node != null && node.values.remove(value) && node.values.isEmpty()) {
                root = delete(root, range);
            }
        }
    }

    /** Each value once, if it was added under one range. */
    void forEach(Bytes key, Consumer<T> action) {
        singles.getOrDefault(key, Set.of()).forEach(action);
        visit(root, key, action);
    }

    private void visit(@Nullable Node<T> node, Bytes key, Consumer<T> action) {
        if (node == null || !reaches(node.reach, key)) {
            return;
        }
        visit(node.left, key, action);
        if (node.range.first().compareTo(key) <= 0) {
            if (reaches(node.range.end(), key)) {
                node.values.forEach(action);
            }
            visit(node.right, key, action);
        }
    }

    private @Nullable Node<T> find(KeyRange range) {
        Node<T> node = root;
        while (node != null && !node.range.equals(range)) {
            node = compare(range, node.range) < 0 ? node.left : node.right;
        }
        return node;
    }

    private static <T> Node<T> insert(@Nullable Node<T> tree, Node<T> added) {
        if (tree == null) {
            return added;
        }
        if (added.priority > tree.priority) {
            split(tree, added);
            return added.update();
        }
        if (compare(added.range, tree.range) < 0) {
            tree.left = insert(tree.left, added);
        } else {
            tree.right = insert(tree.right, added);
        }
        return tree.update();
    }

    /** Attaches the ranges before a node to its left, and those after it to its right. */
    private static <T> void split(@Nullable Node<T> tree, Node<T> at) {
        if (tree == null) {
            at.left = null;
            at.right = null;
        } else if (compare(tree.range, at.range) < 0) {
            split(tree.right, at);
            tree.right = at.left;
            at.left = tree.update();
        } else {
            split(tree.left, at);
            tree.left = at.right;
            at.right = tree.update();
        }
    }

    private static <T> @Nullable Node<T> delete(@Nullable Node<T> tree, KeyRange range) {
        if (tree == null) {
            return null;
        }
        int order = compare(range, tree.range);
        if (order == 0) {
            return join(tree.left, tree.right);
        }
        if (order < 0) {
            tree.left = delete(tree.left, range);
        } else {
            tree.right = delete(tree.right, range);
        }
        return tree.update();
    }

    private static <T> @Nullable Node<T> join(@Nullable Node<T> left, @Nullable Node<T> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.priority > right.priority) {
            left.right = join(left.right, right);
            return left.update();
        }
        right.left = join(left, right.left);
        return right.update();
    }

    private static int compare(KeyRange one, KeyRange other) {
        int order = one.first().compareTo(other.first());
        return order != 0 ? order : compareEnds(one.end(), other.end());
    }

    private static int compareEnds(@Nullable Bytes one, @Nullable Bytes other) {
        if (one == null || other == null) {
            return Boolean.compare(one == null, other == null);
        }
        return one.compareTo(other);
    }

    private static boolean reaches(@Nullable Bytes end, Bytes key) {
        return end == null || key.compareTo(end) < 0;
    }

    private static final class Node<T> {

        private final KeyRange range;
        private final int priority;
        private final Set<T> values = new LinkedHashSet<>();
        private @Nullable Node<T> left;
        private @Nullable Node<T> right;

        /** The furthest end in this subtree; null if one has no end. */
        private @Nullable Bytes reach;

        Node(KeyRange range) {
            this.range = range;
            // the finalizer of MurmurHash3, for hashes of similar ranges are similar
            int hash = range.hashCode();
            hash = (hash ^ hash >>> 16) * 0x85ebca6b;
            hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
            priority = hash ^ hash >>> 16;
            reach = range.end();
        }

        Node<T> update() {
            reach = range.end();
            if (left != null && compareEnds(left.reach, reach) > 0) {
                reach = left.reach;
            }
            if (right != null && compareEnds(right.reach, reach) > 0) {
                reach = right.reach;
            }
            return this;
        }
    }
}
