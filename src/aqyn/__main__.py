from aqyn.site.cli import main

raise SystemExit(main())
