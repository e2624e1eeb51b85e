package io.orderly.lab.conformance;

import io.orderly.contracts.Command;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A participant with one mistake.
 *
 * @param rule the id of the rule that it breaks
 */
record BrokenCopy(String mistake, String rule, Subject subject, Supplier<ToyParticipant> participant) {

    static final List<BrokenCopy> ALL = List.of(
            new BrokenCopy("no reply to compensations", "replies", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                @Nullable StepReply answer(Command command) {
                    StepReply reply = super.answer(command);
                    return command.step().isCompensation() ? null : reply;
                }
            }),
            new BrokenCopy("replies without a key", "envelope", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                @Nullable String keyOf(StepReply reply) {
                    return null;
                }
            }),
            new BrokenCopy("replies without a Lamport time", "envelope", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                Map<String, String> envelope(Map<String, String> headers) {
                    headers.remove(MessageHeaders.LAMPORT_TIME);
                    return headers;
                }
            }),
            new BrokenCopy("replies that name another cause", "envelope", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                Map<String, String> envelope(Map<String, String> headers) {
                    headers.put(MessageHeaders.CAUSATION_ID, "00000000-0000-4000-8000-000000000000");
                    return headers;
                }
            }),
            new BrokenCopy(
                    "another reply to a repeated command",
                    "repeat",
                    ToyBusiness.SHIPPING,
                    () -> new Toy(ToyBusiness.SHIPPING) {
                        @Override
                        StepReply repeated(StepReply recorded) {
                            return recorded instanceof StepCompleted
                                    ? new StepRefused(recorded.orderId(), recorded.step(), "DUPLICATE", "done already")
                                    : recorded;
                        }
                    }),
            new BrokenCopy(
                    "a decline that changes", "declined", ToyBusiness.PAYMENT, () -> new Toy(ToyBusiness.PAYMENT) {
                        @Override
                        StepReply repeated(StepReply recorded) {
                            return recorded instanceof StepDeclined
                                    ? new StepDeclined(
                                            recorded.orderId(), recorded.step(), "DECLINED_AGAIN", "once more")
                                    : recorded;
                        }
                    }),
            new BrokenCopy("no tombstone", "tombstone", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                protected void recordTombstone(Command compensation) {}
            }),
            new BrokenCopy("unknown fields are an error", "unknown-fields", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                Command read(Incoming record) {
                    if (new String(record.body()).contains("addedLater")) {
                        throw new UnreadableMessageException("an unknown field", null);
                    }
                    return super.read(record);
                }
            }),
            new BrokenCopy(
                    "shipped units are released",
                    "shipped",
                    ToyBusiness.INVENTORY,
                    () -> new Toy(new ToyBusiness() {
                        @Override
                        boolean isShipped(OrderId order) {
                            return false;
                        }
                    })),
            new BrokenCopy(
                    "twice the amount is refunded",
                    "amounts",
                    ToyBusiness.PAYMENT,
                    () -> new Toy(ToyBusiness.PAYMENT, new ToyBusiness() {
                        @Override
                        @Nullable Money refundedOf(@Nullable Money amount) {
                            return amount == null ? null : amount.plus(amount);
                        }
                    })),
            new BrokenCopy(
                    "refunds what was not charged",
                    "refund-before-charge",
                    ToyBusiness.PAYMENT,
                    () -> new Toy(ToyBusiness.PAYMENT, new ToyBusiness() {
                        @Override
                        @Nullable Money refundedOf(@Nullable Money amount) {
                            return amount == null ? Money.euros("1.00") : amount;
                        }
                    })),
            new BrokenCopy("commands of a key in any order", "order", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                public List<Incoming> handle(List<Incoming> batch) {
                    return super.handle(batch.reversed());
                }
            }),
            new BrokenCopy("no deduplication", "once", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                boolean isCopy(String id, Command command) {
                    return false;
                }

                @Override
                @Nullable StepReply recorded(Command command) {
                    return command.step().isCompensation() || isCompensated(command.orderId())
                            ? super.recorded(command)
                            : null;
                }
            }),
            new BrokenCopy("stock is taken again after the end", "late", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                @Nullable StepReply recorded(Command command) {
                    return forgetsCompleted(command) ? null : super.recorded(command);
                }
            }),
            new BrokenCopy(
                    "a second shipment after the end",
                    "late",
                    ToyBusiness.SHIPPING,
                    () -> new Toy(ToyBusiness.SHIPPING) {
                        @Override
                        @Nullable StepReply recorded(Command command) {
                            return forgetsCompleted(command) ? null : super.recorded(command);
                        }
                    }),
            new BrokenCopy("a kill loses replies", "restart", ToyBusiness.PAYMENT, () -> new Toy(ToyBusiness.PAYMENT) {
                @Override
                List<Incoming> restart(List<Incoming> underWay) {
                    handle(underWay);
                    return List.of();
                }
            }),
            new BrokenCopy("a newer version is executed", "unknown-version", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                Command read(Incoming record) {
                    Map<String, String> headers = new HashMap<>(record.headers());
                    headers.computeIfPresent(MessageHeaders.TYPE, (_, type) -> type.replace(".v2", ".v1"));
                    return super.read(new Incoming(record.topic(), record.key(), headers, record.body()));
                }
            }),
            new BrokenCopy("an unknown type stops it", "unknown-version", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                boolean isStoppedBy(Incoming record) {
                    return isUnknownType(record);
                }
            }),
            new BrokenCopy("a malformed record stops it", "malformed", ToyBusiness.INVENTORY, () -> new Toy() {
                @Override
                boolean isStoppedBy(Incoming record) {
                    return !isUnknownType(record);
                }
            }));

    /** What the broken copies have in common, without a mistake. */
    private static class Toy extends ToyParticipant {

        private boolean isStopped;

        Toy() {
            this(ToyBusiness.INVENTORY);
        }

        Toy(ToyBusiness business) {
            this(ToyBusiness.INVENTORY, business);
        }

        Toy(Subject subject) {
            this(subject, new ToyBusiness());
        }

        Toy(Subject subject, ToyBusiness business) {
            super(subject, business);
        }

        @Override
        List<Incoming> handleOne(Incoming record) {
            return isStopped ? List.of() : super.handleOne(record);
        }

        @Override
        List<Incoming> deadLetter(Incoming record, UnreadableMessageException cause) {
            isStopped = isStoppedBy(record);
            return super.deadLetter(record, cause);
        }

        /** Whether a record that cannot be read is the last one. */
        boolean isStoppedBy(Incoming record) {
            return false;
        }

        static boolean isUnknownType(Incoming record) {
            return record.headers().getOrDefault(MessageHeaders.TYPE, "").matches(".*(v2|AnotherCommand\\.v1)");
        }

        /** Whether it was completed before the order was compensated. */
        boolean forgetsCompleted(Command command) {
            return !command.step().isCompensation()
                    && isCompensated(command.orderId())
                    && super.recorded(command) instanceof StepCompleted;
        }
    }

    @Override
    public String toString() {
        return mistake;
    }
}
