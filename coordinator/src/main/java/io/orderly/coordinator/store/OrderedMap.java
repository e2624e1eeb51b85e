package io.orderly.coordinator.store;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A B-tree with copies in constant time (copy on write). A copy shares all nodes with the original, and the original copies a node
 * before it changes it for the first time after that. So other threads can read the state and write snapshots while commands are
 * applied, and changes need no copying if there is no copy.
 *
 * <p>One thread at a time may change it. A copy must not be changed and may be read by any thread.
 */
final class OrderedMap<K extends Comparable<? super K>, V> {

    private static final int CAPACITY = 32;
    private static final int SMALL = CAPACITY / 4;
    private static final int MERGED_MAX = CAPACITY * 3 / 4;

    private Node root;
    private int size;

    /** The value that the last insertion replaced. */
    private @Nullable V replaced;

    /** Nodes with another owner are shared with a copy. */
    private Object owner;

    OrderedMap() {
        owner = new Object();
        root = new Node(owner, true);
    }

    private OrderedMap(Node root, int size) {
        owner = new Object();
        this.root = root;
        this.size = size;
    }

    /** @return an immutable copy of the present map */
    OrderedMap<K, V> copy() {
        owner = new Object();
        return new OrderedMap<>(root, size);
    }

    int size() {
        return size;
    }

    @Nullable V get(K key) {
        Node node = root;
        while (!node.leaf) {
            node = node.child(node.childFor(key));
        }
        int at = node.find(key);
        return at < 0 ? null : valueAt(node, at);
    }

    /** @return the previous value; null if there was none */
    @Nullable V put(K key, V value) {
        replaced = null;
        root = insert(root, key, value);
        if (root.size == CAPACITY) {
            Node parent = new Node(owner, false);
            parent.insert(0, root.keys[0], root);
            parent.split(0);
            root = parent;
        }
        if (replaced == null) {
            size++;
        }
        return replaced;
    }

    /** @return what was there before; null if nothing */
    @Nullable V remove(K key) {
        V before = get(key);
        if (before != null) {
            root = delete(root, key);
            while (!root.leaf && root.size == 1) {
                root = root.child(0);
            }
            size--;
        }
        return before;
    }

    /** In order. The map must not be changed meanwhile. */
    Iterator<V> values() {
        return new Values(null);
    }

    /** The entries from a key on, in order. The map must not be changed meanwhile. */
    Iterator<V> valuesFrom(K first) {
        return new Values(first);
    }

    private Node insert(Node shared, K key, V value) {
        Node node = shared.ownedBy(owner);
        if (node.leaf) {
            int at = node.find(key);
            if (at < 0) {
                node.insert(~at, key, value);
            } else {
                replaced = valueAt(node, at);
                node.slots[at] = value;
            }
        } else {
            int at = node.childFor(key);
            Node child = insert(node.child(at), key, value);
            node.slots[at] = child;
            if (child.size == CAPACITY) {
                node.split(at);
            }
        }
        return node;
    }

    private Node delete(Node shared, K key) {
        Node node = shared.ownedBy(owner);
        if (node.leaf) {
            node.remove(node.find(key));
        } else {
            int at = node.childFor(key);
            Node child = delete(node.child(at), key);
            node.slots[at] = child;
            if (child.size < SMALL) {
                node.mergeAt(at);
            }
        }
        return node;
    }

    @SuppressWarnings("unchecked")
    private V valueAt(Node node, int at) {
        return (V) node.slots[at];
    }

    /**
     * A leaf holds keys and values. An inner node holds children, each under a key that is not above any key of the child and is above all
     * keys of the children before; the key of the first child is ignored. No node except the root is empty.
     */
    private static final class Node {

        private final Object owner;
        private final boolean leaf;
        private final @Nullable Object[] keys;
        private final @Nullable Object[] slots;
        private int size;

        Node(Object owner, boolean leaf) {
            this(owner, leaf, new Object[CAPACITY], new Object[CAPACITY], 0);
        }

        private Node(Object owner, boolean leaf, @Nullable Object[] keys, @Nullable Object[] slots, int size) {
            this.owner = owner;
            this.leaf = leaf;
            this.keys = keys;
            this.slots = slots;
            this.size = size;
        }

        Node ownedBy(Object wanted) {
            return owner == wanted ? this : new Node(wanted, leaf, keys.clone(), slots.clone(), size);
        }

        Node child(int at) {
            Object child = slots[at];
            if (child == null) {
                throw new IllegalStateException("no child " + at);
            }
            return (Node) child;
        }

        /** @return the index of the key; if it is missing, the complement of the index at which it would be inserted */
        int find(Comparable<?> key) {
            return search(key, 0);
        }

        int childFor(Comparable<?> key) {
            int at = search(key, 1);
            return at < 0 ? ~at - 1 : at;
        }

        private int search(Comparable<?> key, int from) {
            return Arrays.binarySearch(keys, from, size, key);
        }

        void insert(int at, @Nullable Object key, @Nullable Object slot) {
            System.arraycopy(keys, at, keys, at + 1, size - at);
            System.arraycopy(slots, at, slots, at + 1, size - at);
            keys[at] = key;
            slots[at] = slot;
            size++;
        }

        void remove(int at) {
            System.arraycopy(keys, at + 1, keys, at, size - at - 1);
            System.arraycopy(slots, at + 1, slots, at, size - at - 1);
            cutTo(size - 1);
        }

        private void cutTo(int newSize) {
            Arrays.fill(keys, newSize, size, null);
            Arrays.fill(slots, newSize, size, null);
            size = newSize;
        }

        /** Splits a full child. */
        void split(int at) {
            Node left = child(at).ownedBy(owner);
            slots[at] = left;
            int half = left.size / 2;
            Node right = new Node(owner, left.leaf);
            right.append(left, half);
            left.cutTo(half);
            insert(at + 1, right.keys[0], right);
        }

        private void append(Node other, int from) {
            System.arraycopy(other.keys, from, keys, size, other.size - from);
            System.arraycopy(other.slots, from, slots, size, other.size - from);
            size += other.size - from;
        }

        /** Merges a small child with a neighbour, if both fit into one node. */
        void mergeAt(int at) {
            if (child(at).size == 0) {
                remove(at);
            } else if (at > 0 && child(at - 1).size + child(at).size <= MERGED_MAX) {
                merge(at - 1);
            } else if (at + 1 < size && child(at).size + child(at + 1).size <= MERGED_MAX) {
                merge(at);
            }
        }

        private void merge(int at) {
            Node left = child(at).ownedBy(owner);
            slots[at] = left;
            int joint = left.size;
            left.append(child(at + 1), 0);
            if (!left.leaf) {
                // the key of a first child was ignored; for a leaf, the key in its parent may be that of a deleted
                // entry
                left.keys[joint] = keys[at + 1];
            }
            remove(at + 1);
        }
    }

    private final class Values implements Iterator<V> {

        /** The path from the root; for each inner node the next child. */
        private Node[] path = new Node[4];

        private int[] next = new int[4];
        private int depth;

        Values(@Nullable K first) {
            Node node = root;
            while (!node.leaf) {
                int at = first == null ? 0 : node.childFor(first);
                push(node, at + 1);
                node = node.child(at);
            }
            int at = first == null ? 0 : node.find(first);
            push(node, at < 0 ? ~at : at);
            climb();
        }

        private void push(Node node, int at) {
            if (depth == path.length) {
                path = Arrays.copyOf(path, 2 * depth);
                next = Arrays.copyOf(next, 2 * depth);
            }
            path[depth] = node;
            next[depth] = at;
            depth++;
        }

        /** Leaves exhausted nodes, and descends to the next leaf. */
        private void climb() {
            while (depth > 0 && next[depth - 1] == path[depth - 1].size) {
                depth--;
            }
            while (depth > 0 && !path[depth - 1].leaf) {
                push(path[depth - 1].child(next[depth - 1]++), 0);
            }
        }

        @Override
        public boolean hasNext() {
            return depth > 0;
        }

        @Override
        public V next() {
            if (depth == 0) {
                throw new NoSuchElementException();
            }
            V value = valueAt(path[depth - 1], next[depth - 1]++);
            if (next[depth - 1] == path[depth - 1].size) {
                climb();
            }
            return value;
        }
    }
}
