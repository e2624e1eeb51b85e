package io.orderly.kit.security;

import io.orderly.contracts.CustomerId;
import io.orderly.kit.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Whose data the sender of a request may access. Controllers take it as a parameter. It is either a customer, who may access only
 * their own, or an operator, who may access that of all customers. Without sign-in every caller may do so.
 */
public final class Caller {

    private final @Nullable CustomerId customer;
    private final Runnable refused;

    private Caller(@Nullable CustomerId customer, Runnable refused) {
        this.customer = customer;
        this.refused = refused;
    }

    /** A caller who may access the data of all customers. */
    static Caller unrestricted() {
        return new Caller(null, () -> {});
    }

    /** @param refused runs when the data of another customer is refused */
    static Caller of(CustomerId customer, Runnable refused) {
        return new Caller(customer, refused);
    }

    /** The customer whose data alone the caller may access; null if the caller may access that of all. */
    public @Nullable CustomerId restrictedTo() {
        return customer;
    }

    /**
     * Whether the caller may access the data of a customer. If not, the response must be that to a request for data that does not
     * exist.
     */
    public boolean mayAccess(CustomerId owner) {
        boolean permitted = customer == null || customer.equals(owner);
        if (!permitted) {
            refused.run();
        }
        return permitted;
    }

    /**
     * Refuses a request to do something in the name of another customer, whether that one exists or not.
     *
     * @throws ProblemException 403 if the caller may not access the data of the customer
     */
    public void requireAccess(CustomerId owner) {
        if (!mayAccess(owner)) {
            throw new ProblemException(SecurityProblems.FORBIDDEN, "The token is of another customer.");
        }
    }
}
