# Installation and packages. The version is the project's; the packages are reproducible when
# SOURCE_DATE_EPOCH is set, which ./dev package does.
include(GNUInstallDirs)
