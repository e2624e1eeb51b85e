package io.orderly.provider.faults;

/** A setting is out of range. */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;

    /** @param message the requirement on the value, worded to follow the field's name */
    public InvalidSettingException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The name of the component of {@link FaultSettings}. */
    public String field() {
        return field;
    }
}
