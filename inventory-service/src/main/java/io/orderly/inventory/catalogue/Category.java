package io.orderly.inventory.catalogue;

/** The categories of the catalogue. */
public enum Category {
    AUDIO,
    BOOKS,
    GARDEN,
    HOME_TEXTILES,
    KITCHEN,
    LIGHTING,
    OFFICE,
    OPTICS,
    OUTDOOR,
    SPORTS,
    TOOLS,
    TOYS
}
